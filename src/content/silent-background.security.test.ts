// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { ComposeInPage } from "../webmail/adapter.ts";
import type { PageView } from "./page-view.ts";

/** What of the page's form is held now: each hold ends with its signal. */
const holds: Record<"send" | "text", AbortSignal[]> = { send: [], text: [] };
const isHeld = (what: "send" | "text"): boolean => holds[what].some(({ aborted }) => !aborted);

vi.mock("../webmail/dom/guarded-page.ts", () => ({
  guardPage: (_: Document, signal: AbortSignal) => holds.text.push(signal),
}));

let answer: () => Promise<unknown>;
vi.stubGlobal("chrome", {
  runtime: { sendMessage: () => answer(), getURL: () => "chrome-extension://x/" },
  i18n: { getMessage: (name: string) => name },
});
const { showCompose } = await import("./page-view.ts");

function form(end: AbortSignal): ComposeInPage {
  const anchor = document.createElement("div");
  document.body.replaceChildren(anchor);
  return {
    anchor,
    end,
    isAnswer: false,
    holdSend: (_onAttempt: () => void, signal: AbortSignal) => void holds.send.push(signal),
  } as unknown as ComposeInPage;
}

describe("a form whose background does not answer (invariant 1)", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    holds.send = [];
    holds.text = [];
  });

  it("stays shut, and says so, where nobody knows whether mail must be protected", async () => {
    answer = () => Promise.reject(new Error("Extension context invalidated."));
    const shown = showCompose(form(new AbortController().signal), new Map());
    await vi.runAllTimersAsync();
    await shown;
    expect([isHeld("send"), isHeld("text")]).toEqual([true, true]);
    expect(document.body.children).toHaveLength(2);
  });

  it("takes an answer that comes late, while the background is started anew", async () => {
    let count = 0;
    answer = () =>
      count++ === 0
        ? Promise.reject(new Error("Could not establish connection."))
        : Promise.resolve({ viewId: "0".repeat(32), url: "about:blank", isSendHeld: false, isGuarded: false });
    const end = new AbortController();
    const views = new Map<string, PageView>();
    const shown = showCompose(form(end.signal), views);
    await vi.advanceTimersByTimeAsync(1000);
    expect(views.size).toBe(1);
    expect([isHeld("send"), isHeld("text")]).toEqual([false, false]);
    end.abort();
    await shown;
  });

  it("is the page's own where Signet is not to work", async () => {
    answer = () => Promise.resolve(null);
    await showCompose(form(new AbortController().signal), new Map());
    expect([isHeld("send"), isHeld("text")]).toEqual([false, false]);
    expect(document.body.children).toHaveLength(1);
  });
});
