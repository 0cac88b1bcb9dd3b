import { describe, expect, it } from "vitest";
import { isLockNotice, LOCK_NOTICE } from "./lock-notice.ts";

describe("the notice that keys were locked", () => {
  it("is the background's and nobody else's", () => {
    expect(isLockNotice(LOCK_NOTICE, { id: "own" }, "own")).toBe(true);
    expect(isLockNotice(LOCK_NOTICE, { id: "own", tab: { id: 1 } }, "own")).toBe(false);
    expect(isLockNotice(LOCK_NOTICE, { id: "other" }, "own")).toBe(false);
    for (const message of [null, "locked", { kind: "unlocked" }, {}]) {
      expect(isLockNotice(message, { id: "own" }, "own")).toBe(false);
    }
  });
});
