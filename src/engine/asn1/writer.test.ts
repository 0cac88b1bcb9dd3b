import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { refusal } from "../../testing/asn1-octets.ts";
import { toHex } from "../bytes/hex.ts";
import { Asn1Reader, decodeOid } from "./reader.ts";
import { Tag } from "./tag.ts";
import { readTlv } from "./tlv.ts";
import {
  asciiString,
  bitString,
  boolean,
  constructed,
  type Der,
  encode,
  explicit,
  implicitPrimitive,
  nullValue,
  octetString,
  octetStringOf,
  oid,
  sequence,
  setOf,
  smallInteger,
  time,
  unsignedInteger,
} from "./writer.ts";

const hex = (der: Der) => toHex(encode(der));
const read = (der: Der) => new Asn1Reader(encode(der));

const folder = mkdtempSync(join(tmpdir(), "signet-asn1-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/**
 * DER of OpenSSL's ASN1_generate_nconf, for an expression as `openssl asn1parse -genconf` takes it; constructed types
 * name the section `entries`.
 */
function openssl(expression: string, entries: readonly string[] = []): string {
  const lines = [`asn1 = ${expression}`, "[entries]", ...entries.map((entry, i) => `f${i} = ${entry}`), ""];
  writeFileSync(join(folder, "conf"), lines.join("\n"));
  const args = ["asn1parse", "-genconf", "conf", "-noout", "-out", "der"];
  execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });
  return readFileSync(join(folder, "der")).toString("hex");
}

describe("the writer gives the octets that OpenSSL gives", () => {
  it.each([
    ["BOOLEAN:TRUE", boolean(true)],
    ["BOOLEAN:FALSE", boolean(false)],
    ["NULL", nullValue()],
    ["INTEGER:0", smallInteger(0)],
    ["INTEGER:127", smallInteger(127)],
    ["INTEGER:128", smallInteger(128)],
    ["INTEGER:65536", smallInteger(65_536)],
    ["INTEGER:0x7fffffff", smallInteger(0x7fffffff)],
    ["INTEGER:0xff00000000000000000000", unsignedInteger(Uint8Array.of(0, 0, 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))],
    ["OID:1.2.840.113549.1.7.2", oid("1.2.840.113549.1.7.2")],
    ["OID:2.999.3", oid("2.999.3")],
    ["OID:0.9.2342.19200300.100.1.25", oid("0.9.2342.19200300.100.1.25")],
    ["OID:2.25.340282366920938463463374607431768211455", oid("2.25.340282366920938463463374607431768211455")],
    ["FORMAT:HEX,OCTETSTRING:aabb", octetString(Uint8Array.of(0xaa, 0xbb))],
    ["FORMAT:HEX,BITSTRING:aabb", bitString(Uint8Array.of(0xaa, 0xbb))],
    ["EXPLICIT:3,NULL", explicit(3, nullValue())],
    ["IMPLICIT:1,FORMAT:HEX,OCTETSTRING:aa", implicitPrimitive(1, Uint8Array.of(0xaa))],
    ["IA5STRING:a@example.com", asciiString(Tag.Ia5String, "a@example.com")],
    ["UTCTIME:491231235959Z", time(new Date("2049-12-31T23:59:59Z"))],
    ["GENTIME:20500101000000Z", time(new Date("2050-01-01T00:00:00Z"))],
    ["FORMAT:HEX,OCTETSTRING:aabbcc", octetStringOf([Uint8Array.of(0xaa, 0xbb), Uint8Array.of(), Uint8Array.of(0xcc)])],
    [`FORMAT:HEX,OCTETSTRING:${"aa".repeat(127)}`, octetString(new Uint8Array(127).fill(0xaa))],
    [`FORMAT:HEX,OCTETSTRING:${"aa".repeat(128)}`, octetString(new Uint8Array(128).fill(0xaa))],
    [`FORMAT:HEX,OCTETSTRING:${"aa".repeat(256)}`, octetString(new Uint8Array(256).fill(0xaa))],
  ])("for %s", (expression, der) => {
    expect(hex(der)).toBe(openssl(expression));
  });

  it("for a SEQUENCE, in the order given", () => {
    const ours = sequence(smallInteger(2), null, smallInteger(1), explicit(0, boolean(true)));
    expect(hex(ours)).toBe(openssl("SEQUENCE:entries", ["INTEGER:2", "INTEGER:1", "EXPLICIT:0,BOOLEAN:TRUE"]));
  });

  it("for a SET OF, in DER's order", () => {
    const strings = fc.uniqueArray(fc.uint8Array({ minLength: 1, maxLength: 4 }), {
      minLength: 2,
      maxLength: 12,
      selector: toHex,
    });
    fc.assert(
      fc.property(strings, (contents) => {
        const entries = contents.map((content) => `FORMAT:HEX,OCTETSTRING:${toHex(content)}`);
        expect(hex(setOf(contents.map(octetString)))).toBe(openssl("SET:entries", entries));
      }),
      { numRuns: 20 },
    );
  });

  it("for a SET OF of several types and lengths", () => {
    const ours = setOf([octetString(new Uint8Array(200)), boolean(false), sequence(), nullValue(), smallInteger(300)]);
    const entries = [`FORMAT:HEX,OCTETSTRING:${"00".repeat(200)}`, "BOOLEAN:FALSE", "SEQUENCE", "NULL", "INTEGER:300"];
    expect(hex(ours)).toBe(openssl("SET:entries", entries));
  });
});

describe("what is written is read back", () => {
  it("for numbers", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0x7fffffff }), (value) => {
        expect(read(smallInteger(value)).smallInteger()).toBe(value);
      }),
    );
  });

  it("for unsigned numbers of any size, without leading zeros", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (magnitude) => {
        const content = read(unsignedInteger(magnitude)).integer();
        expect(BigInt(`0x${toHex(content)}`)).toBe(BigInt(`0x0${toHex(magnitude)}`));
      }),
    );
  });

  it("for object identifiers", () => {
    const arc = fc.bigInt({ min: 0n, max: (1n << 128n) - 1n });
    const others = fc.array(arc, { maxLength: 2 });
    const first = fc.oneof(
      fc.tuple(fc.constantFrom(0n, 1n), fc.bigInt({ min: 0n, max: 39n })),
      fc.tuple(fc.constant(2n), arc),
    );
    fc.assert(
      fc.property(first, others, (top, rest) => {
        const dotted = [...top, ...rest].join(".");
        expect(decodeOid(readTlv(encode(oid(dotted)), 0, "der").content)).toBe(dotted);
      }),
    );
  });

  it("for whole seconds from year 0 to 9999", () => {
    const date = fc.date({ min: new Date("0000-01-01T00:00:00Z"), max: new Date("9999-12-31T23:59:59Z"), noInvalidDate: true }); // prettier-ignore
    fc.assert(
      fc.property(date, (when) => {
        const seconds = new Date(Math.floor(when.getTime() / 1000) * 1000);
        expect(read(time(seconds)).time()).toEqual(seconds);
      }),
    );
  });

  it("for strings of every length of header", () => {
    for (const length of [0, 1, 127, 128, 255, 256, 65_535, 65_536]) {
      const content = new Uint8Array(length).fill(0x61);
      expect(read(octetString(content)).octetString()).toEqual(content);
      expect(read(bitString(content)).bitStringOctets()).toEqual(content);
      expect(
        read(constructed(0xa5, octetString(content)))
          .sequence(0xa5)
          .octetString(),
      ).toEqual(content);
    }
  });
});

describe("an object identifier that is none", () => {
  it.each([
    "",
    "1",
    "1.",
    ".1",
    "1..2",
    "1.2.",
    "3.1",
    "1.40",
    "0.99",
    "1.2.-3",
    "1.2.03",
    "01.2",
    "1.2.3e4",
    "1.2. 3",
  ])("%j is not written", (dotted) => {
    expect(refusal(() => oid(dotted))).toBe("oid");
  });
});
