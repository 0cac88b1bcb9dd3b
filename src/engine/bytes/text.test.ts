import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { latin1Bytes, latin1Text, utf8Bytes, utf8Text } from "./text.ts";

describe("UTF-8", () => {
  it("is what Node reads and writes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(Buffer.from(utf8Bytes(text))).toEqual(Buffer.from(text, "utf8"));
        expect(utf8Text(Buffer.from(text, "utf8"))).toBe(text);
      }),
    );
  });

  it.each([
    ["ff", "an octet that never occurs"],
    ["c080", "NUL in two octets"],
    ["eda080", "half of a surrogate pair"],
    ["f4908080", "beyond U+10FFFF"],
    ["e282", "a character that is cut"],
  ])("is not %s: %s", (hex) => {
    expect(utf8Text(Buffer.from(hex, "hex"))).toBeNull();
  });

  it("keeps a byte order mark", () => {
    expect(utf8Text(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61))).toBe("\uFEFFa");
  });
});

describe("one character a byte", () => {
  it("is what Node reads and writes", () => {
    const every = Uint8Array.from({ length: 256 }, (_, i) => i);
    expect(latin1Text(every)).toBe(Buffer.from(every).toString("latin1"));
    expect(latin1Bytes(latin1Text(every))).toEqual(every);
  });

  it("takes long texts", () => {
    expect(latin1Text(new Uint8Array(1_000_000).fill(0x61))).toBe("a".repeat(1_000_000));
  });
});
