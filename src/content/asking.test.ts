import { describe, expect, it } from "vitest";
import type { Sender } from "./browser.ts";
import { askedByBackground } from "./asking.ts";

const request = { name: "needSource", viewId: "0".repeat(32) } as const;
const tab = { id: 1 } as NonNullable<Sender["tab"]>;
const asks = (sender: Sender): boolean => askedByBackground(request, sender, "own") !== null;

describe("who may ask a content script", () => {
  it("answers the background", () => {
    expect(askedByBackground(request, { id: "own" }, "own")).toBe(request);
  });

  it.each<[string, Sender]>([
    ["a page of ours in a tab, or a frame of ours in a page", { id: "own", tab, frameId: 3, url: "own://frame" }],
    ["a content script, its own twin in another frame included", { id: "own", tab, frameId: 0 }],
    ["another extension", { id: "other" }],
    ["another extension's content script", { id: "other", tab }],
    ["a sender without a name", {}],
  ])("does not answer %s", (_, sender) => {
    expect(asks(sender)).toBe(false);
  });
});
