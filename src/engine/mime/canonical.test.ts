import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { latin1Bytes, latin1Text } from "../bytes/text.ts";
import { canonicalLineEnds } from "./canonical.ts";

describe("canonicalLineEnds", () => {
  it.each([
    ["a\nb\r\nc\rd", "a\r\nb\r\nc\r\nd"],
    ["\n\n", "\r\n\r\n"],
    ["\r\r\n", "\r\n\r\n"],
    ["\r", "\r\n"],
    ["", ""],
  ])("makes %j canonical", (text, expected) => {
    expect(latin1Text(canonicalLineEnds(latin1Bytes(text)))).toBe(expected);
  });

  it("gives canonical text back as the same view", () => {
    const bytes = latin1Bytes("a\r\n\r\nb");
    expect(canonicalLineEnds(bytes)).toBe(bytes);
  });

  it("agrees with a plain replacement, and does nothing the second time", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("\r", "\n", "a", "\xff"), { maxLength: 60 }), (pieces) => {
        const text = pieces.join("");
        const canonical = canonicalLineEnds(latin1Bytes(text));
        expect(latin1Text(canonical)).toBe(text.replace(/\r\n|\r|\n/gu, "\r\n"));
        expect(canonicalLineEnds(canonical)).toBe(canonical);
      }),
    );
  });
});
