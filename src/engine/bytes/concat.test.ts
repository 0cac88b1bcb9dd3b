import { describe, expect, it } from "vitest";
import { concatBytes, joinBytes } from "./concat.ts";

describe("joining byte strings", () => {
  it("keeps their order and leaves them alone", () => {
    const first = Uint8Array.of(1, 2);
    const joined = concatBytes(first, new Uint8Array(0), Uint8Array.of(3));
    expect(joined).toEqual(Uint8Array.of(1, 2, 3));
    joined[0] = 9;
    expect(first).toEqual(Uint8Array.of(1, 2));
    expect(concatBytes()).toHaveLength(0);
  });

  it("takes views for what they show", () => {
    expect(concatBytes(Uint8Array.of(0, 1, 2, 3).subarray(1, 3))).toEqual(Uint8Array.of(1, 2));
  });

  it("takes lists longer than a stack", () => {
    expect(joinBytes(Array.from({ length: 1_000_000 }, () => Uint8Array.of(7)))).toHaveLength(1_000_000);
  });
});
