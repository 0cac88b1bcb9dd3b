import { differs } from "../pages/differs.ts";
import { expect, test, turnSignOn } from "../pages/mail-story.ts";

/** What a script in the webmail's page could try; it runs in the page's own world. */
test(
  "a hostile page learns nothing and causes no signature",
  differs("what a script of the page can do", "the same code; not run, since the story counts the page's frames"),
  async ({ aliceMail: mail, extension, deliver, webmail, practice }) => {
    const { page } = mail;
    await page.evaluate(() => {
      // Prototype pollution: everything that our content script might read from the page's world.
      Object.defineProperty(Object.prototype, "viewId", { get: () => "0".repeat(32), configurable: true });
      Element.prototype.attachShadow = () => {
        throw new Error("no shadow");
      };
    });
    deliver("signed-and-encrypted");
    await mail.open("Signed and encrypted");
    const frame = await mail.messageFrame();
    await expect(frame.locator("[data-banner]")).toHaveAttribute("data-banner", "b3");

    const found = await page.evaluate(() => ({
      frames: window.frames.length,
      elements: [...document.querySelectorAll("*")].filter((element) => element.shadowRoot !== null).length,
      iframes: document.querySelectorAll("iframe").length,
      addresses: performance.getEntriesByType("resource").filter(({ name }) => name.includes("extension:")).length,
      text: document.documentElement.innerHTML.includes("harvest report"),
      api: typeof (globalThis as { chrome?: { runtime?: { sendMessage?: unknown } } }).chrome?.runtime?.sendMessage,
    }));
    expect(found).toEqual({ frames: 0, elements: 0, iframes: 0, addresses: 0, text: false, api: "undefined" });

    // Our pages, framed by the page itself: with no view, with a forged one, with one that was used.
    const own = frame.url();
    for (const address of [
      `${extension.baseUrl}message/index.html`,
      `${extension.baseUrl}message/index.html#${"0".repeat(32)}`,
      own,
      `${extension.baseUrl}open/index.html`,
      `${extension.baseUrl}options/index.html`,
    ]) {
      await page.evaluate((source) => {
        const forged = document.createElement("iframe");
        forged.src = source;
        forged.className = "forged";
        document.body.append(forged);
      }, address);
    }
    await page.waitForFunction(() => document.querySelectorAll("iframe.forged").length === 5);
    for (const element of await page.locator("iframe.forged").all()) {
      // A page that the browser refuses to frame has no document to look into.
      const text = await element
        .contentFrame()
        .locator("body")
        .innerText({ timeout: 1000 })
        .catch(() => "");
      expect(text).not.toMatch(/Signed|Encrypted|harvest|identity/i);
    }

    // Send, pressed by script while Sign is on.
    const form = await mail.newMail();
    await form.write({ to: ["bob@practice.example"], subject: "Bait", text: "Sign this." });
    const compose = await mail.composeFrame();
    await turnSignOn(compose);
    await form.sendButton.evaluate((button: HTMLElement) => {
      button.click();
    });
    // The click is a person's, the button is covered by the page.
    await page.evaluate(() => {
      const cover = document.createElement("div");
      cover.style.cssText = "position:fixed;inset:0;z-index:2147483647;pointer-events:none;background:#fff";
      cover.id = "cover";
      document.body.append(cover);
    });
    await compose.locator("[data-act=send][data-seen=false]").waitFor();
    await compose.locator("[data-act=send]").click();
    await expect(compose.locator("[data-banner=send_h60]")).toBeVisible();
    expect(webmail.mailbox(practice.bob.email).inbox()).toEqual([]);
    expect(webmail.mailbox(practice.alice.email).sent()).toEqual([]);
  },
);
