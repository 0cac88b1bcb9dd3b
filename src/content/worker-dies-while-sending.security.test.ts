// @vitest-environment happy-dom
import { describe, expect, it, vi } from "vitest";
import type { TransmitReply } from "../messages/content-requests.ts";
import type { ComposeInPage } from "../webmail/adapter.ts";
import type { PageView } from "./page-view.ts";

vi.stubGlobal("chrome", {
  runtime: {
    getURL: () => "chrome-extension://x/",
    sendMessage: () =>
      Promise.resolve({ viewId: "0".repeat(32), url: "about:blank", isSendHeld: false, isGuarded: false }),
  },
  i18n: { getMessage: (name: string) => name },
});
const { showCompose } = await import("./page-view.ts");

const replyOf = (outcome: TransmitReply["outcome"]): TransmitReply => ({ outcome, reason: null, text: "" });
const viewId = "0".repeat(32);
const letter = { name: "transmit", viewId, messageId: "<a@b>", from: "a@b", to: ["c@d"], cc: [], bcc: [] } as const;

/** A form that hands over what it gets when it is told to, and whose webmail knows of nothing on its way. */
async function open(): Promise<{
  ask: PageView;
  settle: ReturnType<typeof vi.fn>;
  done: (reply: TransmitReply) => void;
}> {
  const anchor = document.createElement("div");
  document.body.replaceChildren(anchor);
  let done: (reply: TransmitReply) => void = () => undefined;
  const handed = new Promise<TransmitReply>((resolve) => (done = resolve));
  const settle = vi.fn(() => Promise.resolve(replyOf("not-sent")));
  const parts = { anchor, end: new AbortController().signal, isAnswer: false, transmit: () => handed, settle };
  const views = new Map<string, PageView>();
  void showCompose({ ...parts, holdSend: () => undefined } as unknown as ComposeInPage, views);
  await vi.waitFor(() => {
    expect(views.size).toBe(1);
  });
  return { ask: views.get(viewId) ?? (() => undefined), settle, done };
}

describe("a background that dies while the page sends", () => {
  it("is told what became of it once it is over, and not before: it would be sent a second time", async () => {
    const { ask, settle, done } = await open();
    void ask({ ...letter, message: new Blob(["octets"]) });
    const looked = ask({ name: "settle", viewId }) as Promise<TransmitReply>;
    const early = vi.fn();
    void looked.then(early);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(early).not.toHaveBeenCalled();
    done(replyOf("sent"));
    expect(await looked).toEqual(replyOf("sent"));
    expect(await ask({ name: "settle", viewId })).toEqual(replyOf("sent"));
    expect(settle).not.toHaveBeenCalled();
  });

  it("has the webmail look where nobody knows what became of it", async () => {
    const { ask, settle, done } = await open();
    void ask({ ...letter, message: new Blob(["octets"]) });
    done(replyOf("unknown"));
    for (let looked = 0; looked < 2; looked++) {
      expect(await ask({ name: "settle", viewId })).toEqual(replyOf("not-sent"));
    }
    expect(settle).toHaveBeenCalledOnce();
  });
});
