import { stopWorker } from "../pages/extension.ts";
import { expect, test } from "../pages/story.ts";

test("an identity outlives the worker", async ({ alice, extension, message }) => {
  await stopWorker(extension);
  const card = await alice.openMessage(message("signed-and-encrypted"));
  await expect(card.banner).toHaveAttribute("data-banner", "b3");
});

test("keys are in the session's memory and in no store on the disk", async ({ alice }) => {
  const stored = await alice.page.evaluate(async () => {
    const { chrome } = globalThis as unknown as {
      chrome: { storage: Record<"local" | "session", { get(): Promise<Record<string, unknown>> }> };
    };
    return {
      session: Object.keys(await chrome.storage.session.get()),
      local: Object.keys(await chrome.storage.local.get()),
      databases: (await indexedDB.databases()).length,
      web: localStorage.length + sessionStorage.length,
    };
  });
  expect(stored).toEqual({ session: ["anchors", "identities"], local: [], databases: 0, web: 0 });
});
