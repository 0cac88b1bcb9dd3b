import { describe, expect, it } from "vitest";
import type { TabSender } from "../messages/mail-senders.ts";
import { StorageError } from "../storage/storage-error.ts";
import { testMailContext } from "../testing/mail-context.ts";
import { viewMemory } from "../testing/view-memory.ts";
import type { Browser } from "./browser.ts";
import { mailService } from "./mail.ts";

const sender: TabSender = { id: "abc", url: "https://mail.example/", frameId: 0, documentId: "D", tab: { id: 1 } };
const browser = {
  runtime: { id: "abc", getURL: (path: string) => `chrome-extension://abc/${path}` },
  storage: { session: viewMemory() },
  permissions: { contains: () => Promise.resolve(true) },
  tabs: { onRemoved: { addListener: () => undefined } },
  windows: { onRemoved: { addListener: () => undefined } },
} as unknown as Browser;

describe("a form while the settings cannot be read (invariant 1)", () => {
  it("is held as if mail had to be protected", async () => {
    const settings = () => Promise.reject(new StorageError("storage.refused"));
    const mail = mailService(browser, { ...testMailContext(), settings });
    const request = { name: "openView", kind: "compose", isAnswer: false, isTaken: false };
    expect(await mail.answer(request, sender)).toMatchObject({ isSendHeld: true, isGuarded: true });
  });

  it("is held after an earlier frame has taken it over", async () => {
    const mail = mailService(browser, testMailContext());
    const request = { name: "openView", kind: "compose", isAnswer: false, isTaken: true };
    expect(await mail.answer(request, sender)).toMatchObject({ isSendHeld: true, isGuarded: true });
    expect(await mail.answer({ ...request, isTaken: false }, sender)).toMatchObject({ isGuarded: false });
  });
});
