import { differs } from "../pages/differs.ts";
import { expect, test } from "../pages/mail-story.ts";
import { violationsOn } from "../pages/accessibility.ts";

test(
  "the toolbar button's popup lists what is true of the messages in its tab",
  differs("lists the messages of a tab, several at once", "shows one message at a time"),
  async ({ aliceMail: mail, extension, deliver }) => {
    deliver("unknown-issuer");
    await mail.open("From elsewhere");
    const frame = await mail.messageFrame();
    await expect(frame.locator("[data-banner]")).toBeVisible();
    const headline = (await frame.locator("h2").textContent()) ?? "";
    const popupOf = async (): Promise<string> =>
      (await extension.worker()).evaluate(async () => {
        const { chrome } = globalThis as unknown as {
          chrome: {
            tabs: { query: (query: object) => Promise<{ id: number }[]> };
            action: { getPopup: (details: { tabId: number }) => Promise<string> };
          };
        };
        const [tab] = await chrome.tabs.query({ active: true });
        return chrome.action.getPopup({ tabId: tab?.id ?? -1 });
      });
    await expect.poll(popupOf).toContain("windows/popup.html#");

    const popup = await extension.context.newPage();
    await mail.page.bringToFront();
    await popup.goto(await popupOf());
    await expect(popup.locator(".verdicts li")).toHaveText([headline]);
    expect(await violationsOn(popup)).toEqual([]);
    await popup.close();

    // Where no message is shown, the button opens Signet's own page as before.
    await mail.newMail();
    await expect.poll(popupOf).toBe("");
  },
);
