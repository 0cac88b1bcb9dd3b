import { describe, expect, it } from "vitest";
import { costInPasses } from "../../testing/cost.ts";
import { latin1Bytes } from "../bytes/text.ts";
import { SmimeError } from "../errors.ts";
import { MAX_ADDRESSES, MAX_HEADER_SIZE, MAX_MIME_DEPTH } from "../limits.ts";
import { parseAddresses } from "./address.ts";
import { canonicalLineEnds } from "./canonical.ts";
import { decodeEncodedWords } from "./encoded-word.ts";
import { parseParameters } from "./parameters.ts";
import { parseEntity } from "./parse.ts";
import { sevenBit } from "./seven-bit.ts";

function exceeded(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    if (error instanceof SmimeError && error.code === "limit.exceeded") return error.context["limit"];
    throw error;
  }
  return null;
}

function nested(depth: number): Uint8Array {
  const opening = Array.from({ length: depth }, (_, i) => `Content-Type: multipart/mixed; boundary=b${i}\n\n--b${i}\n`);
  return latin1Bytes(`${opening.join("")}\nx\n`);
}

/** Far above what a linear pass takes, far below what a quadratic one does. */
const MAX_COST = 150;

describe("attack 58: MIME bombs", () => {
  it("stops at multiparts and messages inside one another", () => {
    expect(exceeded(() => parseEntity(nested(MAX_MIME_DEPTH)))).toBeNull();
    expect(exceeded(() => parseEntity(nested(MAX_MIME_DEPTH + 1)))).toBe("MAX_MIME_DEPTH");
    expect(exceeded(() => parseEntity(nested(10_000)))).toBe("MAX_MIME_DEPTH");
    const messages = latin1Bytes("Content-Type: message/rfc822\n\n".repeat(10_000));
    expect(exceeded(() => parseEntity(messages))).toBe("MAX_MIME_DEPTH");
  });

  it("stops at too many parts", () => {
    const parts = latin1Bytes(`Content-Type: multipart/mixed; boundary=b\n\n${"--b\n".repeat(200_000)}`);
    expect(exceeded(() => parseEntity(parts))).toBe("MAX_MIME_PARTS");
  });

  it("stops at too many fields and at too long headers", () => {
    expect(exceeded(() => parseEntity(latin1Bytes("A: b\n".repeat(100_000))))).toBe("MAX_HEADER_FIELDS");
    const long = latin1Bytes(`A: b\n${" folded\n".repeat(MAX_HEADER_SIZE / 8)}`);
    expect(exceeded(() => parseEntity(long))).toBe("MAX_HEADER_SIZE");
    expect(exceeded(() => parseEntity(latin1Bytes(`A: ${"b".repeat(MAX_HEADER_SIZE)}\n\n`)))).toBe("MAX_HEADER_SIZE");
  });

  it("stops at too many addresses", () => {
    expect(exceeded(() => parseAddresses("a@b.c,".repeat(MAX_ADDRESSES + 1)))).toBe("MAX_ADDRESSES");
  });

  it.each<[string, () => unknown]>([
    [
      "lines that look like boundaries at the greatest depth",
      () => {
        const lines = new Uint8Array(8_000_000).fill(0x2d);
        for (let i = 4; i < lines.length; i += 5) lines[i] = 0x0a;
        const head = nested(MAX_MIME_DEPTH);
        const input = new Uint8Array(head.length + lines.length);
        input.set(head);
        input.set(lines, head.length);
        return parseEntity(input);
      },
    ],
    [
      "a long run of blanks behind a boundary",
      () =>
        parseEntity(latin1Bytes(`Content-Type: multipart/mixed; boundary=b\n\n--b${" ".repeat(5_000_000)}x\n--b\n`)),
    ],
    [
      "unclosed parentheses, quotes and brackets",
      () => {
        for (const open of ["a", "a ", '"a@b.c" ', "(", '"', "[", "<", "\\(", "a@", ":", "g:a@b.c;", '"" ', "()"])
          parseAddresses(open.repeat(100_000));
      },
    ],
    [
      "a wide header value of parameters",
      () => {
        for (const text of [";a", ";a*0=b", ";a=(", ';a="', ";(", "(", "=", ";a*1*=%41", " ;"]) {
          parseParameters(`a/b${text.repeat(100_000)}`);
        }
      },
    ],
    [
      "openings of encoded-words",
      () => {
        for (const text of ["=?", "=?a?q?", "=?utf-8?q?a?= ", "=?utf-8?b?", " ", "=?a*b"])
          decodeEncodedWords(text.repeat(100_000));
      },
    ],
    [
      "white space in an unfolded value",
      () => parseEntity(latin1Bytes(`A:${" \n".repeat(100)}b${" ".repeat(500_000)}b${" \r\n".repeat(90_000)}\n\n`)),
    ],
    ["bare line ends", () => canonicalLineEnds(new Uint8Array(10_000_000).fill(0x0d))],
    [
      "a multipart of many parts that all need encoding",
      () =>
        sevenBit(
          parseEntity(latin1Bytes(`Content-Type: multipart/mixed; boundary=b\n\n${"--b\n\n\xff\n".repeat(9_000)}`)),
        ),
    ],
  ])("takes linear time for %s", async (_name, run) => {
    expect(await costInPasses(() => exceeded(run))).toBeLessThan(MAX_COST);
  });
});
