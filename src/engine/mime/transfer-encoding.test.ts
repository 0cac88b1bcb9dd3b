import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { latin1Bytes, latin1Text, utf8Bytes } from "../bytes/text.ts";
import { decodeText } from "./charset.ts";
import { decodeQuotedPrintable, encodeQuotedPrintable } from "./quoted-printable.ts";
import { decodeTransferEncoding } from "./transfer-encoding.ts";
import { transportProblem } from "./transport-safety.ts";

function decoded(text: string): string {
  return latin1Text(decodeQuotedPrintable(latin1Bytes(text)));
}

describe("quoted-printable", () => {
  it.each([
    ["a=3Db=3d", "a=b="],
    ["soft=\r\nbreak", "softbreak"],
    ["soft= \t\nbreak", "softbreak"],
    ["blank  \r\nnext\t\n", "blank\r\nnext\n"],
    ["kept=20\r\n", "kept \r\n"],
    ["kept =\r\n", "kept "],
    ["bad=4=ZZ=", "bad=4=ZZ"],
    ["raw \xfc", "raw \xfc"],
    ["end  ", "end"],
  ])("decodes %j", (text, expected) => {
    expect(decoded(text)).toBe(expected);
  });

  it("encodes any bytes so that they come back and survive transport", () => {
    const octet = fc.constantFrom(
      0x0d,
      0x0a,
      0x20,
      0x09,
      0x2e,
      0x3d,
      0x3e,
      0x2d,
      0x46,
      0x72,
      0x6f,
      0x6d,
      0xff,
      0x00,
      0x41,
    );
    fc.assert(
      fc.property(fc.array(octet, { maxLength: 400 }), (octets) => {
        const bytes = Uint8Array.from(octets);
        const text = encodeQuotedPrintable(bytes);
        expect(transportProblem(text)).toBeNull();
        for (const line of latin1Text(text).split("\r\n")) expect(line.length).toBeLessThanOrEqual(76);
        expect(decodeQuotedPrintable(text)).toEqual(bytes);
      }),
      { numRuns: 500 },
    );
  });

  it("has room for content that is all escapes", () => {
    const bytes = new Uint8Array(10_000).fill(0xff);
    expect(decodeQuotedPrintable(encodeQuotedPrintable(bytes))).toEqual(bytes);
  });
});

describe("decodeTransferEncoding", () => {
  it("passes over what is no base64", () => {
    expect(latin1Text(decodeTransferEncoding(latin1Bytes("QU\r\nJ! D\n=="), "base64"))).toBe("ABC");
  });

  it("gives the same view for identity and unknown encodings", () => {
    const body = latin1Bytes("x");
    for (const encoding of ["7bit", "8bit", "binary", "x-unknown"]) {
      expect(decodeTransferEncoding(body, encoding)).toBe(body);
    }
  });
});

describe("decodeText", () => {
  it.each<[number[] | string, string | null, string]>([
    ["gr\xfc\xdfe \x80", "iso-8859-1", "grüße €"],
    ["gr\xc3\xbc", null, "grü"],
    ["gr\xc3\xbc", "us-ascii", "grü"],
    ["gr\xfc", null, "grü"],
    ["gr\xfc", "x-nonsense", "grü"],
    ["gr\xfc", "utf-8", "gr\ufffd"],
    ["\xef\xbb\xbfgr\xc3\xbc", "iso-8859-1", "grü"],
    ["\xff\xfea\0", "utf-8", "a"],
    ["+ADw-b+AD4-", "utf-7", "+ADw-b+AD4-"],
    ["\x93\xfa", " CP932 ", "日"],
  ])("reads %j in %s", (bytes, charset, expected) => {
    expect(decodeText(typeof bytes === "string" ? latin1Bytes(bytes) : Uint8Array.from(bytes), charset)).toBe(expected);
  });

  it("reads any UTF-8", () => {
    expect(decodeText(utf8Bytes("日本語 🙂"), "UTF8")).toBe("日本語 🙂");
  });
});
