import { describe, expect, it } from "vitest";
import { base64LinesLength, base64LinesWriter, encodeBase64Lines } from "./base64.ts";

/** MIME's lines (RFC 2045 section 6.8), by Node. */
function byNode(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString("base64")
    .replace(/.{1,76}/g, "$&\r\n");
}

describe("base64 in lines", () => {
  it.each([0, 1, 2, 3, 56, 57, 58, 59, 114, 115, 1000])("is what Node makes of %d octets", (size) => {
    const bytes = Uint8Array.from({ length: size }, (_, i) => i * 37);
    const text = encodeBase64Lines(bytes);
    expect(Buffer.from(text).toString("latin1")).toBe(byNode(bytes));
    expect(base64LinesLength(size)).toBe(text.length);
  });

  it.each([1, 2, 20, 56, 57, 58, 114, 130])("is the same of pieces of %d octets", (size) => {
    const bytes = Uint8Array.from({ length: 500 }, (_, i) => i * 37);
    const target = new Uint8Array(base64LinesLength(500) + 3);
    const writer = base64LinesWriter(target, 3);
    writer.write(bytes.subarray(0, 0));
    for (let start = 0; start < 500; start += size) writer.write(bytes.subarray(start, start + size));
    expect(writer.end()).toBe(target.length);
    expect(Buffer.from(target.subarray(3)).toString("latin1")).toBe(byNode(bytes));
  });
});
