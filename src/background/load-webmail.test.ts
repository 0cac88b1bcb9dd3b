import { describe, expect, it } from "vitest";
import { WEBMAILS } from "../messages/content-requests.ts";
import type { TabSender } from "../messages/mail-senders.ts";
import { testMailContext } from "../testing/mail-context.ts";
import { viewMemory } from "../testing/view-memory.ts";
import type { Browser } from "./browser.ts";
import { mailService } from "./mail.ts";

const sender: TabSender = { id: "abc", url: "https://mail.example/", frameId: 3, documentId: "D", tab: { id: 1 } };

function service(isGranted = true) {
  const loaded: unknown[] = [];
  const action = { setTitle: () => Promise.resolve(), setBadgeText: () => Promise.resolve() };
  const browser = {
    runtime: { id: "abc", getURL: (path: string) => `chrome-extension://abc/${path}` },
    storage: { session: viewMemory() },
    permissions: { contains: () => Promise.resolve(isGranted) },
    i18n: { getMessage: () => "" },
    action,
    scripting: {
      executeScript: (injection: unknown) => {
        loaded.push(injection);
        return Promise.resolve([]);
      },
    },
    tabs: { onRemoved: { addListener: () => undefined } },
    windows: { onRemoved: { addListener: () => undefined } },
  } as unknown as Browser;
  return { loaded, mail: mailService(browser, testMailContext()) };
}

describe("the script of a webmail", () => {
  it.each(WEBMAILS)("goes into the frame that asked, and nowhere else: %s", async (webmail) => {
    const { loaded, mail } = service();
    expect(await mail.answer({ name: "loadWebmail", webmail }, sender)).toBeNull();
    expect(loaded).toEqual([{ target: { tabId: 1, frameIds: [3] }, files: [`content-${webmail}.js`] }]);
  });

  it.each([{ webmail: "../background" }, { webmail: "toString" }, { webmail: "roundcube", file: "x.js" }, {}])(
    "is none of another name: %j",
    async (fields) => {
      const { loaded, mail } = service();
      expect(await mail.answer({ name: "loadWebmail", ...fields }, sender)).toBeNull();
      expect(loaded).toEqual([]);
    },
  );

  it("comes to no site that was not granted", async () => {
    const { loaded, mail } = service(false);
    await mail.answer({ name: "loadWebmail", webmail: "roundcube" }, sender);
    expect(loaded).toEqual([]);
  });
});
