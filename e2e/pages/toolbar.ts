import type { Extension } from "./extension.ts";

/** What the toolbar button shows in the tab of the mail page. */
export async function toolbarOf({ worker }: Extension): Promise<{ title: string; badge: string }> {
  return (await worker()).evaluate(async () => {
    const { chrome } = globalThis as unknown as {
      chrome: {
        tabs: { query: (query: object) => Promise<{ id: number; title?: string }[]> };
        action: Record<"getTitle" | "getBadgeText", (details: { tabId: number }) => Promise<string>>;
      };
    };
    const [tab] = await chrome.tabs.query({ active: true });
    const tabId = tab?.id ?? -1;
    return { title: await chrome.action.getTitle({ tabId }), badge: await chrome.action.getBadgeText({ tabId }) };
  });
}
