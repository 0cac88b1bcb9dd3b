import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromHex, toHex } from "./hex.ts";

describe("hexadecimal", () => {
  it("is what Node writes, and is read in either case", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        const text = Buffer.from(bytes).toString("hex");
        expect(toHex(bytes)).toBe(text);
        expect([fromHex(text), fromHex(text.toUpperCase())]).toEqual([bytes, bytes]);
      }),
    );
  });

  it.each(["a", "0x", "0g", " 00", "00 ", "00:11", "é0"])("is not %j", (text) => {
    expect(fromHex(text)).toBeNull();
  });
});
