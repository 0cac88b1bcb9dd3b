// @vitest-environment happy-dom
import { describe, expect, it, vi } from "vitest";
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

describe("a Stop that comes while the octets to be sent are still read", () => {
  it("is obeyed: the webmail never sees them, and the next Send goes through", async () => {
    const anchor = document.createElement("div");
    document.body.replaceChildren(anchor);
    const transmit = vi.fn<ComposeInPage["transmit"]>();
    transmit.mockResolvedValue({ outcome: "sent", reason: null, text: "" });
    const parts = { anchor, end: new AbortController().signal, isAnswer: false, transmit };
    const compose = { ...parts, holdSend: () => undefined, stopTransmit: () => undefined };
    const views = new Map<string, PageView>();
    void showCompose(compose as unknown as ComposeInPage, views);
    await vi.waitFor(() => {
      expect(views.size).toBe(1);
    });
    const [[viewId, ask] = ["", () => undefined]] = views;
    const envelope = { viewId, messageId: "<a@b>", from: "a@b", to: ["c@d"], cc: [], bcc: [] };
    const request = { ...envelope, name: "transmit", message: new Blob(["octets"]) } as const;

    const reply = ask(request);
    ask({ name: "stopTransmit", viewId });
    expect(await reply).toMatchObject({ outcome: "stopped" });
    expect(transmit).not.toHaveBeenCalled();

    expect(await ask(request)).toMatchObject({ outcome: "sent" });
  });
});
