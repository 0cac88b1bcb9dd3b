import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareBytes, equalBytes, equalBytesConstantTime } from "./equal.ts";

describe.each([
  ["equalBytes", equalBytes],
  ["equalBytesConstantTime", equalBytesConstantTime],
])("%s", (_name, equal) => {
  it("says what Node says, wherever in a buffer the bytes lie", () => {
    const offset = fc.integer({ min: 0, max: 5 });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), offset, offset, fc.nat(), (bytes, left, right, position) => {
        const shifted = (by: number) => Uint8Array.from([...new Array<number>(by).fill(0), ...bytes]).subarray(by);
        const [a, b] = [shifted(left), shifted(right)];
        expect(equal(a, b)).toBe(true);
        if (bytes.length === 0) return;
        b[position % b.length]! ^= 1;
        expect(equal(a, b)).toBe(false);
        expect(equal(a, a.subarray(1))).toBe(false);
      }),
    );
  });

  it("sees a difference in every place of a long string", () => {
    const a = new Uint8Array(131);
    for (let i = 0; i < a.length; i++) {
      const b = a.slice();
      b[i] = 0x80;
      expect(equal(a, b)).toBe(false);
    }
  });
});

describe("compareBytes", () => {
  it("orders as Node does", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 6 }), fc.uint8Array({ maxLength: 6 }), (a, b) => {
        expect(Math.sign(compareBytes(a, b))).toBe(Buffer.compare(a, b));
      }),
    );
  });
});
