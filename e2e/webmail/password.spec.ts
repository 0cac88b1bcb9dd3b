import { expect, test } from "../pages/webmail-story.ts";
import { MESSAGE_PASSWORD } from "../tools/practice-messages.ts";

test("a password is typed in a window of its own, and the message opens by itself", async ({
  extension,
  mail,
  deliver,
}) => {
  await deliver("password");
  await mail.open("By password");
  const frame = await mail.messageFrame();
  const banner = frame.locator("[data-banner]");
  await expect(banner).toHaveAttribute("data-banner", "c15");
  const ask = async () => {
    const opening = extension.context.waitForEvent("page");
    await frame.getByRole("button", { name: "Type the password" }).click();
    return opening;
  };
  const declined = await ask();
  await expect(declined.getByText("bob@practice.example")).toBeVisible();
  const closing = declined.waitForEvent("close");
  // The window is gone before the key is up again.
  await Promise.all([closing, declined.keyboard.press("Escape").catch(() => undefined)]);
  await expect(banner).toHaveAttribute("data-banner", "c15");
  const window = await ask();
  const field = window.getByLabel("Password of the message");
  await field.fill("wrong");
  await window.getByRole("button", { name: "Open", exact: true }).click();
  await expect(window.getByRole("alert").first()).toHaveText("That password does not open it.");
  await field.fill(MESSAGE_PASSWORD);
  const opened = window.waitForEvent("close");
  await window.getByRole("button", { name: "Open", exact: true }).click();
  await opened;
  await expect(banner).toHaveAttribute("data-banner", "b9");
});
