import type { Page } from "playwright-core";
import { differs } from "../pages/differs.ts";
import { expect, test, turnSignOn } from "../pages/mail-story.ts";

/** What a page can do with what stands around our frame, which it cannot reach. */
const TRICKS: Readonly<Record<string, string>> = {
  "something lies over it":
    "body::after{content:'';position:fixed;inset:0;z-index:2147483647;pointer-events:none;background:#fff}",
  "the form is made transparent": "[id^=docking_InitVisiblePart_]{opacity:.05}",
};

/** As a script of the page can, whatever its policy says of style elements. */
const setStyle = (page: Page, css: string): Promise<void> =>
  page.evaluate((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    document.adoptedStyleSheets = [sheet];
  }, css);

test(
  "a press on our Send that the person cannot see signs nothing (attack 46)",
  differs("what lies over our Send, or moves the focus, sends nothing", "the same code; not run twice"),
  async ({ aliceMail: mail, webmail, practice }) => {
    const form = await mail.newMail();
    await form.write({ to: ["bob@practice.example"], subject: "Bait", text: "Sign this." });
    const frame = await mail.composeFrame();
    await turnSignOn(frame);
    for (const [name, css] of Object.entries(TRICKS)) {
      await test.step(name, async () => {
        await frame.locator("[data-act=send][data-seen=true]").waitFor();
        await setStyle(mail.page, css);
        const button = frame.locator("[data-act=send][data-seen=false]");
        await button.waitFor();
        await button.click();
        await expect(frame.locator("[data-banner=send_h60]")).toBeVisible();
        await setStyle(mail.page, "");
      });
    }
    expect(webmail.mailbox(practice.bob.email).inbox()).toEqual([]);
    expect(webmail.mailbox(practice.alice.email).sent()).toEqual([]);
  },
);

test("a page that moves the focus presses nothing of ours (attacks 46 and 47)", async ({
  aliceMail: mail,
  webmail,
  practice,
}) => {
  const form = await mail.newMail();
  await form.write({ to: ["bob@practice.example"], subject: "Bait", text: "Sign this." });
  const frame = await mail.composeFrame();
  await turnSignOn(frame);
  await frame.locator("[data-act=send][data-seen=true]").waitFor();
  // Everything in the page is given the focus, and then the person types what presses a button.
  const count = await mail.page.evaluate(() => document.querySelectorAll("[id^=docking_InitVisiblePart_] *").length);
  for (let index = 0; index < Math.min(count, 12); index++) {
    await mail.page.evaluate((place) => {
      const element = document.querySelectorAll<HTMLElement>("[id^=docking_InitVisiblePart_] *")[place];
      element?.focus();
      element?.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, composed: true }));
    }, index);
  }
  await form.subject.focus();
  await mail.page.keyboard.press("Control+Enter");
  expect(webmail.mailbox(practice.bob.email).inbox()).toEqual([]);
  expect(webmail.mailbox(practice.alice.email).sent()).toEqual([]);
});
