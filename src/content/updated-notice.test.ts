// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { speak } from "../testing/own-page.ts";
import { isOutlived, showUpdated, updatedWords } from "./updated-notice.ts";

beforeEach(() => {
  speak("en");
});
afterEach(() => {
  document.body.replaceChildren();
});

/** What a browser leaves of itself to a script whose extension was updated. */
function update(): void {
  Object.assign(globalThis, { browser: { runtime: {} } });
}

describe("a page that still runs the version before an update", () => {
  it("knows it, and not while the worker merely sleeps", () => {
    Object.assign(globalThis, { browser: { runtime: { id: "own" } } });
    expect(isOutlived()).toBe(false);
    update();
    expect(isOutlived()).toBe(true);
    Object.assign(globalThis, { browser: undefined });
    expect(isOutlived()).toBe(true);
  });

  it("says so in front of the message, with words from before, and reloads at a press", () => {
    const words = updatedWords();
    update();
    const attach = vi.spyOn(Element.prototype, "attachShadow");
    const reload = vi.fn();
    const anchor = document.body.appendChild(document.createElement("article"));
    const host = showUpdated(anchor, words, reload);
    expect(anchor.previousSibling).toBe(host);
    expect(host.shadowRoot).toBeNull();
    const shadow = attach.mock.results[0]?.value as ShadowRoot;
    const line = shadow.querySelector("p[role=status]")!;
    expect(line.textContent).toBe("Signet was updated. This page still runs the old version. Reload the page");
    shadow.querySelector("button")!.click();
    expect(reload).toHaveBeenCalledOnce();
  });
});
