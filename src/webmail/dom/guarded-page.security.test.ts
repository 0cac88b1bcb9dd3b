import { Window } from "happy-dom";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { guardPage } from "./guarded-page.ts";

describe("a page that is guarded (attack 35)", () => {
  let window: Window;
  let life: AbortController;
  let heard: string[];

  beforeEach(() => {
    window = new Window();
    vi.stubGlobal("HTMLIFrameElement", window.HTMLIFrameElement);
    life = new AbortController();
    heard = [];
    window.document.body.innerHTML = `<input id="search"><p id="text">words</p>`;
    guardPage(window.document as unknown as Document, life.signal);
    for (const name of ["keydown", "beforeinput", "input", "paste", "drop", "dragover", "compositionstart"]) {
      window.addEventListener(name, () => heard.push(`window ${name}`), true);
      window.document.addEventListener(name, () => heard.push(name), true);
    }
  });
  afterEach(() => {
    life.abort();
    vi.unstubAllGlobals();
    window.close();
  });

  /** As a person does it, unless `isTrusted` says otherwise; whether the page's default action went ahead. */
  function act(selector: string, name: string, key = "", isTrusted = true): boolean {
    const init = { bubbles: true, cancelable: true };
    const event = key === "" ? new window.Event(name, init) : new window.KeyboardEvent(name, { ...init, key });
    Object.defineProperty(event, "isTrusted", { value: isTrusted });
    return window.document.querySelector(selector)?.dispatchEvent(event) === true;
  }

  it.each(["beforeinput", "input", "paste", "drop", "dragover", "compositionstart"])(
    "hears no %s, wherever it is aimed at, and does nothing by itself",
    (name) => {
      for (const selector of ["#search", "#text", "body"]) expect(act(selector, name)).toBe(false);
      expect(heard).toEqual([]);
    },
  );

  it("hears no key that could be text, and those by which people leave a place", () => {
    for (const selector of ["#search", "body"]) expect(act(selector, "keydown", "a")).toBe(false);
    expect(act("#search", "keydown", "Enter")).toBe(false);
    expect(heard).toEqual([]);
    expect(act("#search", "keydown", "Tab")).toBe(true);
    expect(heard).toEqual(["window keydown", "keydown"]);
  });

  it("hears again what its own scripts do, and everything once it is let go", () => {
    expect(act("#search", "input", "", false)).toBe(true);
    life.abort();
    expect(act("#search", "paste")).toBe(true);
    expect(heard).toEqual(["window input", "input", "window paste", "paste"]);
  });
});
