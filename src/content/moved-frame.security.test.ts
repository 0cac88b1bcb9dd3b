// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from "vitest";
import { CONTINUED_MS, SETTLE_MS } from "../webmail/dom/page-changes.ts";
import type { ComposeInPage } from "../webmail/adapter.ts";
import type { PageView } from "./page-view.ts";

vi.mock("../webmail/dom/guarded-page.ts", () => ({ guardPage: () => undefined }));

interface Asked {
  readonly name: string;
  readonly isTaken?: boolean;
}

const asked: Asked[] = [];
let count = 0;
vi.stubGlobal("chrome", {
  runtime: {
    getURL: () => "chrome-extension://x/",
    sendMessage: (request: Asked) => {
      asked.push(request);
      const viewId = String(++count).padStart(32, "0");
      return Promise.resolve(
        request.name === "openView" ? { viewId, url: "about:blank", isSendHeld: false, isGuarded: false } : null,
      );
    },
  },
  i18n: { getMessage: (name: string) => name },
});
const { showCompose } = await import("./page-view.ts");

/** As browsers do it, and happy-dom does not: an iframe that is put into a document gets a new browsing context. */
let contexts: WeakMap<Node, object>;

function form(end: AbortSignal): ComposeInPage {
  const anchor = document.createElement("div");
  const elsewhere = document.createElement("aside");
  document.body.replaceChildren(anchor, elsewhere);
  return {
    ...{ anchor, end, isAnswer: false },
    holdSend: () => undefined,
    takeOver: () => Promise.resolve({ ok: true, draft: {}, serverCopy: "none", source: null }),
  } as unknown as ComposeInPage;
}

const settle = (): Promise<unknown> => new Promise((done) => setTimeout(done, CONTINUED_MS + 2 * SETTLE_MS));
const opened = (): readonly Asked[] => asked.filter(({ name }) => name === "openView");

describe("a page that moves our frame, which makes it another document", () => {
  beforeEach(() => {
    asked.length = 0;
    contexts = new WeakMap();
    vi.spyOn(HTMLIFrameElement.prototype, "contentWindow", "get").mockImplementation(function (
      this: HTMLIFrameElement,
    ) {
      const parent = (this.getRootNode() as ShadowRoot).host.parentNode;
      if (parent === null) return null;
      if (!contexts.has(parent)) contexts.set(parent, {});
      return contexts.get(parent) as Window;
    });
  });

  it("gets a new frame in the old place, and the form that was taken stays ours", async () => {
    const end = new AbortController();
    const views = new Map<string, PageView>();
    const compose = form(end.signal);
    const shown = showCompose(compose, views);
    await settle();
    const [viewId = ""] = [...views.keys()];
    await views.get(viewId)?.({ name: "takeOver", viewId });
    const host = compose.anchor.previousElementSibling;
    document.querySelector("aside")?.append(host ?? "");
    await settle();
    expect(opened().map(({ isTaken }) => isTaken)).toEqual([false, true]);
    expect(asked).toContainEqual({ name: "closeView", viewId });
    expect(host?.isConnected).toBe(false);
    expect(compose.anchor.previousElementSibling).not.toBeNull();
    end.abort();
    await shown;
  });
});
