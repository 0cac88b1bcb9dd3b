import { Window } from "happy-dom";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { afterChanges, CONTINUED_MS, SETTLE_MS } from "./page-changes.ts";

const window = new Window();
const root = window.document.body as unknown as HTMLElement;
const add = (): void => {
  root.append(window.document.createElement("p") as unknown as Node);
};
const settle = (): Promise<unknown> => new Promise((done) => setTimeout(done, CONTINUED_MS + SETTLE_MS));
const task = (): Promise<unknown> => new Promise((done) => setTimeout(done, 1));

let life: AbortController;
beforeEach(() => {
  vi.stubGlobal("MutationObserver", window.MutationObserver);
  life = new AbortController();
});
afterEach(() => {
  life.abort();
  vi.unstubAllGlobals();
});

describe("looking after a page's changes", () => {
  it("is done once at once, once after a burst of many tasks, and not again while nothing changes", async () => {
    const look = vi.fn();
    afterChanges(root, [], look, life.signal);
    expect(look).toHaveBeenCalledTimes(1);
    for (let count = 0; count < 5; count++) {
      add();
      await task();
    }
    await settle();
    expect(look).toHaveBeenCalledTimes(2);
    await settle();
    expect(look).toHaveBeenCalledTimes(2);
  });

  it("looks less often at a burst that goes on", async () => {
    const look = vi.fn();
    afterChanges(root, [], look, life.signal);
    const end = performance.now() + 2 * CONTINUED_MS;
    while (performance.now() < end) {
      add();
      await task();
    }
    await settle();
    // At the start, after the first change, twice while it goes on, after the last; every 40 ms it would be seven.
    expect(look.mock.calls.length).toBeLessThanOrEqual(5);
  });

  it("misses no change that comes after a look", async () => {
    const look = vi.fn();
    afterChanges(root, [], look, life.signal);
    for (let burst = 0; burst < 3; burst++) {
      add();
      await settle();
    }
    expect(look).toHaveBeenCalledTimes(4);
  });

  it("ends with its signal, also between a change and the look", async () => {
    const look = vi.fn();
    afterChanges(root, [], look, life.signal);
    add();
    await task();
    life.abort();
    add();
    await settle();
    expect(look).toHaveBeenCalledTimes(1);
  });
});
