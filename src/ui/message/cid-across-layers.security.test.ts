import { describe, expect, it } from "vitest";
import { messageView } from "../../testing/message-view.ts";
import { isSameLayer } from "./same-layer.ts";

const view = messageView({}, [], { nested: [{ path: "1.2", type: "multipart-signed" }] });

describe("a cid: link into another cryptographic layer (attack 14)", () => {
  it.each([
    ["from open text into a signed part", "1.1", "1.2.1"],
    ["from a signed part out into open text", "1.2.1", "1.1"],
  ])("reaches nothing %s", (_, from, to) => {
    expect(isSameLayer(view, from, to)).toBe(false);
  });

  it("reaches what stands beside it, also where a path only begins alike", () => {
    expect(isSameLayer(view, "1.1", "1.3")).toBe(true);
    expect(isSameLayer(view, "1.2.1", "1.2.3")).toBe(true);
    expect(isSameLayer(view, "1.1", "1.20")).toBe(true);
  });
});
