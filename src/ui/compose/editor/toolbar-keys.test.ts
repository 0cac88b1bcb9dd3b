import { describe, expect, it } from "vitest";
import { movedTo } from "./toolbar-keys.ts";

describe("keys in a toolbar", () => {
  it.each([
    ["ArrowRight", 0, false, 1],
    ["ArrowRight", 3, false, 0],
    ["ArrowLeft", 0, false, 3],
    ["ArrowLeft", 0, true, 1],
    ["Home", 2, false, 0],
    ["End", 0, false, 3],
    ["a", 0, false, null],
  ] as const)("%s at %i leads on", (key, from, isRightToLeft, to) => {
    expect(movedTo(key, from, 4, isRightToLeft)).toBe(to);
  });
});
