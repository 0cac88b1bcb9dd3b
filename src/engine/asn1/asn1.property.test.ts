import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SmimeError } from "../errors.ts";
import { Asn1Reader } from "./reader.ts";
import { CONSTRUCTED, type EncodingRules, readTlv } from "./tlv.ts";
import { constructed, type Der, encode, encoded, octetString, sequence, smallInteger } from "./writer.ts";

/** One value as `openssl asn1parse` prints it: offset, depth, header length, content length, constructed or not. */
type Row = readonly [offset: number, depth: number, header: number, length: number, form: string];

function rowsOfOpenssl(der: Uint8Array): Row[] {
  const text = execFileSync("openssl", ["asn1parse", "-inform", "DER"], { input: der, encoding: "utf8" });
  return [...text.matchAll(/^\s*(\d+):d=(\d+)\s+hl=(\d+)\s+l=\s*(\d+)\s+(cons|prim):/gm)].map(
    ([, offset, depth, header, length, form = ""]) =>
      [Number(offset), Number(depth), Number(header), Number(length), form] as const,
  );
}

function rowsOfReader(der: Uint8Array, offset = 0, depth = 0): Row[] {
  const rows: Row[] = [];
  for (let at = 0; at < der.length;) {
    const { tag, content, bytes } = readTlv(der, at, "der");
    const header = bytes.length - content.length;
    const isConstructed = (tag & CONSTRUCTED) !== 0;
    rows.push([offset + at, depth, header, content.length, isConstructed ? "cons" : "prim"]);
    if (isConstructed) rows.push(...rowsOfReader(content, offset + at + header, depth + 1));
    at += bytes.length;
  }
  return rows;
}

const leaf = fc.oneof(
  fc.uint8Array({ maxLength: 300 }).map(octetString),
  fc.integer({ min: 0, max: 0x7fffffff }).map(smallInteger),
);
const { tree } = fc.letrec<{ tree: Der }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 6, withCrossShrink: true },
    leaf,
    fc
      .tuple(fc.constantFrom(0x30, 0x31, 0xa0, 0xa3, 0x61), fc.array(tie("tree"), { maxLength: 5 }))
      .map(([tag, parts]) => constructed(tag, ...parts)),
  ),
}));

/** Walks over everything by every method, as no schema would; only errors of our own may come out. */
function readEverything(bytes: Uint8Array, rules: EncodingRules): void {
  const attempts: readonly ((reader: Asn1Reader) => unknown)[] = [
    (reader) => reader.integer(),
    (reader) => reader.smallInteger(),
    (reader) => reader.boolean(),
    (reader) => reader.oid(),
    (reader) => reader.octetString(),
    (reader) => reader.bitString(),
    (reader) => reader.time(),
    (reader) => reader.rest(),
    (reader) => {
      for (let inner = reader; !inner.atEnd;) inner = inner.sequence(inner.nextTag ?? 0);
    },
  ];
  for (const attempt of attempts) {
    try {
      attempt(new Asn1Reader(bytes, rules));
    } catch (error) {
      if (!(error instanceof SmimeError)) throw error;
    }
  }
}

describe("the reader", () => {
  it("finds the values that OpenSSL finds, where it finds them", () => {
    const structures = fc.array(tree, { minLength: 1, maxLength: 6 }).map((parts) => encode(sequence(...parts)));
    fc.assert(
      fc.property(structures, (der) => {
        expect(rowsOfReader(der)).toEqual(rowsOfOpenssl(der));
      }),
      { numRuns: 40 },
    );
  });

  it.each(["der", "ber"] as const)("throws nothing but its own errors for random octets in %s", (rules) => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        readEverything(bytes, rules);
      }),
      { numRuns: 2000 },
    );
  });

  it.each(["der", "ber"] as const)("throws nothing but its own errors for damaged structures in %s", (rules) => {
    const damaged = fc.tuple(tree, fc.nat(), fc.nat(255)).map(([der, position, octet]) => {
      const bytes = encode(der);
      bytes[position % bytes.length] = octet;
      return bytes;
    });
    fc.assert(
      fc.property(damaged, (bytes) => {
        readEverything(bytes, rules);
      }),
      { numRuns: 1000 },
    );
  });

  it("gives each value of DER in one encoding only: what is read is written again as it was", () => {
    const rewrite = (bytes: Uint8Array): Der[] =>
      new Asn1Reader(bytes).rest().map(({ tag, content, bytes: whole }) =>
        (tag & CONSTRUCTED) !== 0 ? constructed(tag, ...rewrite(content)) : constructed(tag, encoded(whole.subarray(whole.length - content.length))),
      ); // prettier-ignore
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), tree, fc.boolean(), (random, structure, isRandom) => {
        const bytes = isRandom ? random : encode(structure);
        let pieces: Der[];
        try {
          pieces = rewrite(bytes);
        } catch (error) {
          if (error instanceof SmimeError) return;
          throw error;
        }
        expect(pieces.flatMap((piece) => [...encode(piece)])).toEqual([...bytes]);
      }),
      { numRuns: 1000 },
    );
  });
});
