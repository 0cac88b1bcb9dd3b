import { describe, expect, it } from "vitest";
import { octets, refusal } from "../../testing/asn1-octets.ts";
import { toHex } from "../bytes/hex.ts";
import { MAX_ASN1_DEPTH, MAX_ASN1_NODES, MAX_OID_LENGTH } from "../limits.ts";
import { Asn1Reader, decodeOid, readWhole } from "./reader.ts";
import type { EncodingRules } from "./tlv.ts";

const reader = (hex: string, rules: EncodingRules = "der") => new Asn1Reader(octets(hex), rules);

describe("a constructed value", () => {
  it("is read in order, and to its end", () => {
    const fields = readWhole(octets("30 0b 02 01 05 a0 03 01 01 ff 80 01 aa"));
    expect(fields.smallInteger()).toBe(5);
    expect(fields.nextTag).toBe(0xa0);
    expect(fields.optional(0x04)).toBeNull();
    const tagged = fields.optionalExplicit(0);
    expect(tagged?.boolean()).toBe(true);
    tagged?.end();
    expect(toHex(fields.octetString(0x80))).toBe("aa");
    expect([fields.atEnd, fields.nextTag, fields.optionalExplicit(1)]).toEqual([true, null, null]);
    fields.end();
  });

  it("is refused with something behind it, or inside that nobody asked for", () => {
    expect(refusal(() => readWhole(octets("30 00 05 00")))).toBe("trailing-data");
    expect(refusal(() => readWhole(octets("30 00 00")))).toBe("trailing-data");
    expect(refusal(() => { readWhole(octets("30 02 05 00")).end(); })).toBe("trailing-data"); // prettier-ignore
  });

  it("says where another type was found than expected", () => {
    const fields = reader("05 00 02 01 05");
    fields.null();
    expect(() => fields.oid()).toThrow(
      expect.objectContaining({
        code: "malformed.asn1",
        context: { reason: "unexpected-tag", offset: 2, expected: 0x06, found: 0x02 },
      }),
    );
    expect(fields.smallInteger()).toBe(5);
  });

  it("is no SEQUENCE where the constructed bit is missing", () => {
    expect(refusal(() => reader("10 00").sequence())).toBe("unexpected-tag");
    expect(refusal(() => reader("11 00").set())).toBe("unexpected-tag");
  });

  it("keeps what is inside from reaching past its end", () => {
    expect(refusal(() => reader("30 02 04 02 aa bb").sequence().octetString())).toBe("truncated");
  });

  it("nests up to the limit of depth", () => {
    const descend = (depth: number): void => {
      let inner = new Asn1Reader(octets("3080".repeat(64) + "0000".repeat(64)), "ber");
      for (let i = 0; i < depth; i++) inner = inner.sequence();
    };
    expect(refusal(() => { descend(MAX_ASN1_DEPTH); })).toBe("accepted"); // prettier-ignore
    const outside = () => new Asn1Reader(octets("30 00"), "der", MAX_ASN1_DEPTH).sequence();
    expect(refusal(outside)).toBe("asn1-depth");
  });

  it("holds no more values than the caller allows", () => {
    expect(reader("05 00 05 00").rest(2)).toHaveLength(2);
    expect(refusal(() => reader("05 00 05 00 05 00").rest(2))).toBe("asn1-elements");
  });
});

describe("INTEGER", () => {
  it.each([
    ["02 01 00", 0],
    ["02 01 7f", 127],
    ["02 02 00 80", 128],
    ["02 04 7f ff ff ff", 0x7fffffff],
  ])("%s is %d", (hex, value) => {
    expect(reader(hex).smallInteger()).toBe(value);
  });

  it.each([
    ["02 00", "empty-integer"],
    ["02 02 00 7f", "integer-not-minimal"],
    ["02 02 00 00", "integer-not-minimal"],
    ["02 02 ff 80", "integer-not-minimal"],
    ["02 02 ff ff", "integer-not-minimal"],
  ])("%s is refused: %s", (hex, reason) => {
    expect(refusal(() => reader(hex).integer())).toBe(reason);
  });

  it("keeps its sign, and a zero octet that says it is positive", () => {
    expect(["02 01 80", "02 02 ff 7f", "02 02 00 ff"].map((hex) => toHex(reader(hex).integer()))).toEqual([
      "80",
      "ff7f",
      "00ff",
    ]);
  });

  it("is small only from 0 to 2^31 - 1", () => {
    const tooLarge = ["02 01 ff", "02 05 00 80 00 00 00", "02 05 01 00 00 00 00", "02 09 00" + "ff".repeat(8)];
    expect(tooLarge.map((hex) => refusal(() => reader(hex).smallInteger()))).toEqual(
      tooLarge.map(() => "integer-out-of-range"),
    );
  });

  it("in BER may be padded, as some writers do", () => {
    expect(reader("02 02 00 05", "ber").smallInteger()).toBe(5);
  });
});

describe("BOOLEAN and NULL", () => {
  it("TRUE is ff in DER and anything but 0 in BER", () => {
    expect(reader("01 01 ff").boolean()).toBe(true);
    expect(reader("01 01 00").boolean()).toBe(false);
    expect(refusal(() => reader("01 01 01").boolean())).toBe("boolean-not-der");
    expect(reader("01 01 01", "ber").boolean()).toBe(true);
  });

  it("have one octet and none", () => {
    expect(refusal(() => reader("01 00").boolean())).toBe("boolean-length");
    expect(refusal(() => reader("01 02 ff ff").boolean())).toBe("boolean-length");
    expect(refusal(() => { reader("05 01 00").null(); })).toBe("null-length"); // prettier-ignore
  });
});

describe("BIT STRING", () => {
  it("of whole octets is read without its count of unused bits", () => {
    expect(toHex(reader("03 03 00 aa bb").bitStringOctets())).toBe("aabb");
    expect(reader("03 01 00").bitStringOctets()).toHaveLength(0);
    expect(reader("03 02 07 80").bitString()).toEqual({ octets: Uint8Array.of(0x80), unusedBits: 7 });
  });

  it.each([
    ["03 00", "bit-string-unused-bits"],
    ["03 02 08 00", "bit-string-unused-bits"],
    ["03 01 01", "bit-string-unused-bits"],
    ["03 02 01 01", "bit-string-padding"],
    ["03 02 07 c0", "bit-string-padding"],
    ["03 02 04 f0", "bit-string-not-octets"],
    ["23 04 03 02 00 aa", "unexpected-tag"],
  ])("%s is refused: %s", (hex, reason) => {
    expect(refusal(() => reader(hex).bitStringOctets())).toBe(reason);
  });

  it("in BER may have any padding", () => {
    expect(reader("03 02 01 01", "ber").bitString().unusedBits).toBe(1);
  });
});

describe("OCTET STRING", () => {
  it("in one piece is a view of the input", () => {
    const input = octets("04 02 aa bb");
    expect(new Asn1Reader(input).octetString().buffer).toBe(input.buffer);
  });

  it("in pieces is refused in DER, as is one tagged IMPLICIT", () => {
    expect(refusal(() => reader("24 03 04 01 aa").octetString())).toBe("constructed-string");
    expect(refusal(() => reader("a0 03 04 01 aa").octetString(0x80))).toBe("constructed-string");
  });

  it.each([
    ["24 00", ""],
    ["24 80 00 00", ""],
    ["24 03 04 01 aa", "aa"],
    ["24 80 04 02 aa bb 04 00 04 01 cc 00 00", "aabbcc"],
    ["24 80 24 80 04 01 aa 00 00 24 06 04 01 bb 04 01 cc 00 00", "aabbcc"],
    ["a0 80 04 01 aa 04 01 bb 00 00", "aabb"],
  ])("%s is joined in BER: %s", (hex, joined) => {
    expect(toHex(reader(hex, "ber").octetString(hex.startsWith("a0") ? 0x80 : 0x04))).toBe(joined);
  });

  it("has no pieces of another type", () => {
    for (const piece of ["0c 01 61", "30 00", "80 01 aa", "03 02 00 aa"]) {
      expect(refusal(() => reader(`24 80 ${piece} 00 00`, "ber").octetString())).toBe("string-piece");
    }
  });

  it("has pieces inside pieces up to the limit of depth", () => {
    let nested = octets("04 01 aa");
    for (let i = 0; i < MAX_ASN1_DEPTH + 2; i++) nested = Uint8Array.of(0x24, 0x81, nested.length, ...nested);
    expect(refusal(() => new Asn1Reader(nested, "ber").octetString())).toBe("asn1-depth");
  });

  it("has as many pieces as a large message, and no more than the limit", () => {
    const inPieces = (count: number): Uint8Array => {
      const input = new Uint8Array(6 + 3 * count);
      new DataView(input.buffer).setUint32(2, 3 * count);
      input.set([0x24, 0x84]);
      for (let i = 0; i < count; i++) input.set([0x04, 0x01, i & 0xff], 6 + 3 * i);
      return input;
    };
    const joined = new Asn1Reader(inPieces(300_000), "ber").octetString();
    expect([joined.length, joined[299_999]]).toEqual([300_000, 299_999 & 0xff]);
    expect(refusal(() => new Asn1Reader(inPieces(MAX_ASN1_NODES + 1), "ber").octetString())).toBe("asn1-nodes");
  });
});

describe("OBJECT IDENTIFIER", () => {
  it.each([
    ["00", "0.0"],
    ["27", "0.39"],
    ["28", "1.0"],
    ["4f", "1.39"],
    ["50", "2.0"],
    ["88 37 03", "2.999.3"],
    ["2a 86 48 86 f7 0d 01 07 02", "1.2.840.113549.1.7.2"],
    // X.667: an arc made of a UUID has 128 bits.
    ["69 83 ff ff ff ff ff ff ff ff ff ff ff ff ff ff ff ff ff 7f", "2.25.340282366920938463463374607431768211455"],
  ])("%s is %s", (hex, dotted) => {
    expect(decodeOid(octets(hex))).toBe(dotted);
  });

  it.each([
    ["06 00", "oid-length"],
    ["06 02 80 01", "oid-padding"],
    ["06 03 2a 80 01", "oid-padding"],
    ["06 02 2a 86", "oid-truncated"],
    ["06 01 86", "oid-truncated"],
  ])("%s is refused: %s", (hex, reason) => {
    expect(refusal(() => reader(hex).oid())).toBe(reason);
  });

  it("is refused where it is longer than any in use", () => {
    const ofLength = (length: number) => () => decodeOid(new Uint8Array(length).fill(0x2a));
    expect(refusal(ofLength(MAX_OID_LENGTH))).toBe("accepted");
    expect(refusal(ofLength(MAX_OID_LENGTH + 1))).toBe("oid-length");
  });
});
