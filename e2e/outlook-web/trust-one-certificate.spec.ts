import { violationsOn } from "../pages/accessibility.ts";
import { differs } from "../pages/differs.ts";
import { expect, test } from "../pages/mail-story.ts";

test(
  "one certificate is trusted for one address in a window, and no longer where that is taken back",
  differs("one certificate is trusted, and taken back", "the same code; not run twice"),
  async ({ aliceMail: mail, extension, deliver }) => {
    deliver("unknown-issuer");
    await mail.open("From elsewhere");
    const frame = await mail.messageFrame();
    const banner = frame.locator("[data-banner]");
    await expect(banner).toHaveAttribute("data-banner", "a8");
    const opening = extension.context.waitForEvent("page");
    await frame.getByRole("button", { name: "Review issuer" }).click();
    const window = await opening;
    expect(window.url()).toContain("windows/confirm.html");
    await expect(window.getByRole("heading", { level: 1 })).toContainText("Trust this certificate for");
    expect(await violationsOn(window)).toEqual([]);
    // A script of the page is not a person.
    await window.evaluate(() => {
      [...document.querySelectorAll("button")].at(-1)?.click();
    });
    const act = window.getByRole("button", { name: "Trust this certificate" });
    await expect(act).toBeVisible();
    await Promise.all([window.waitForEvent("close"), act.click()]);
    await expect(banner).toHaveAttribute("data-banner", "a2");
    await expect(banner).toHaveClass(/tone-positive/);

    const leading = extension.context.waitForEvent("page");
    await frame.getByRole("button", { name: "Manage trust" }).click();
    const trust = await leading;
    expect(trust.url()).toMatch(/options\/index\.html#\/trust\/people$/);
    const person = trust.locator("[data-person]");
    await expect(person).toContainText("Trusted for");
    expect(await violationsOn(trust)).toEqual([]);
    await person.getByRole("button", { name: /^Trust no longer/ }).click();
    await expect(person).toHaveCount(0);

    await mail.page.bringToFront();
    deliver("signed");
    await mail.open("Signed");
    await mail.messageFrame();
    await mail.open("From elsewhere");
    const again = await mail.messageFrame();
    await expect(again.locator("[data-banner]")).toHaveAttribute("data-banner", "a8");
  },
);
