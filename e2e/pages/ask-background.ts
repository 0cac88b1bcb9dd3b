import type { Page } from "playwright-core";

/** Sends requests as a page of ours does, for stories about the background that no button tells. */
export function askBackground(page: Page): (request: Record<string, unknown>) => Promise<unknown> {
  return (request) =>
    page.evaluate((message) => {
      const { chrome } = globalThis as unknown as {
        chrome: { runtime: { sendMessage(message: unknown): Promise<unknown> } };
      };
      return chrome.runtime.sendMessage(message);
    }, request);
}
