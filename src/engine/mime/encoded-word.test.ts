import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeEncodedWords } from "./encoded-word.ts";

describe("decodeEncodedWords", () => {
  it.each([
    // RFC 2047 section 8
    ["(=?ISO-8859-1?Q?a?=)", "(a)"],
    ["=?ISO-8859-1?Q?a?= b", "a b"],
    ["=?ISO-8859-1?Q?a?=  \t =?ISO-8859-1?Q?b?=", "ab"],
    ["=?ISO-8859-1?Q?a_b?=", "a b"],
    ["=?ISO-8859-1?Q?a?= =?ISO-8859-2?Q?_b?=", "a b"],
    ["=?US-ASCII*EN?Q?Keith_Moore?=", "Keith Moore"],
    ["=?iso-8859-1?q?Andr=E9?= Pirard", "André Pirard"],
    ["=?utf-8?B?4oI=?= =?UTF-8?b?rA==?=", "€"],
    ["=?utf-8?Q?=E2=82?=\r\n =?utf-8?Q?=AC?=", "€"],
    ["=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=", "日本"],
    ["=?x-nonsense?Q?a=FFb?=", "a\ufffdb"],
    ["=?utf-7?Q?+ADw-script+AD4-?=", "+ADw-script+AD4-"],
    ["=?utf-8?Q?a=ZZ?=", "a=ZZ"],
    ["=?utf-8?X?a?=", "=?utf-8?X?a?="],
    ["=?utf-8?Q?open", "=?utf-8?Q?open"],
    ["=?utf-8?Q??=", ""],
    ["plain = text?", "plain = text?"],
  ])("decodes %s", (text, expected) => {
    expect(decodeEncodedWords(text)).toBe(expected);
  });

  it("never throws", () => {
    const piece = fc.constantFrom("=?", "?=", "?", "Q", "B", "utf-8", "=", "ü", " ", "_", "日", "iso-2022-kr", "*");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        expect(typeof decodeEncodedWords(pieces.join(""))).toBe("string");
      }),
      { numRuns: 500 },
    );
  });
});
