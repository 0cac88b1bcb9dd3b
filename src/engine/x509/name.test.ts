import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { certificate } from "../../testing/certificate-builder.ts";
import { distinguishedName } from "../../testing/names.ts";
import { Asn1Reader } from "../asn1/reader.ts";
import { Tag } from "../asn1/tag.ts";
import { asciiString, constructed, type Der, encode, encoded, oid, sequence, setOf } from "../asn1/writer.ts";
import { utf8Bytes } from "../bytes/text.ts";
import { isWithinSubtree, type Name, nameToString, readName, sameName } from "./name.ts";

const CN = "2.5.4.3";
const UNKNOWN = "1.3.6.1.4.1.99999.7";

const name = (der: Der): Name => readName(new Asn1Reader(encode(der)));
const dn = (text: string): Name => name(distinguishedName(text));
const text = (tag: number, value: string): Der => constructed(tag, encoded(utf8Bytes(value)));
const attribute = (type: string, value: Der): Der => sequence(oid(type), value);
const single = (type: string, value: Der): Name => name(sequence(setOf([attribute(type, value)])));
const bmp = (value: string): Der =>
  constructed(
    Tag.BmpString,
    encoded(
      Uint8Array.from(value, (c) => c.charCodeAt(0)).reduce<Uint8Array>(
        (all, octet, i) => {
          all[2 * i + 1] = octet;
          return all;
        },
        new Uint8Array(2 * value.length),
      ),
    ),
  );

describe("nameToString", () => {
  it("writes the last RDN first", () => {
    expect(nameToString(dn("CN=Alice,O=Example,C=US"))).toBe("CN=Alice,O=Example,C=US");
    expect(nameToString(dn(""))).toBe("");
  });

  it.each([
    ["Smith, John", String.raw`Smith\, John`],
    ['a+b"c\\d<e>f;g', String.raw`a\+b\"c\\d\<e\>f\;g`],
    [" lead", String.raw`\ lead`],
    ["#hash", String.raw`\#hash`],
    ["trail ", String.raw`trail\ `],
    [" ", String.raw`\ `],
    ["  ", String.raw`\ \ `],
    ["a\0b\r\nc", String.raw`a\00b\0d\0ac`],
    ["Größe 日本", "Größe 日本"],
  ])("escapes %j", (value, expected) => {
    expect(nameToString(single(CN, text(Tag.Utf8String, value)))).toBe(`CN=${expected}`);
  });

  it("agrees with OpenSSL's form of RFC 2253", () => {
    const subject = "CN=Alice Liddell,OU=Test+Lab,O=Example; Inc.,ST=Oxford,C=GB";
    const { pem } = certificate().key("p-256").subject(subject).build();
    const options = ["x509", "-noout", "-subject", "-nameopt", "RFC2253,-esc_msb,utf8"];
    const theirs = execFileSync("openssl", options, { input: pem }).toString().trim().replace("subject=", "");
    expect(nameToString(dn(subject))).toBe(theirs);
  });

  it("joins the attributes of one RDN by a plus sign", () => {
    const rdn = setOf([attribute(CN, text(Tag.Utf8String, "A")), attribute("2.5.4.5", text(Tag.PrintableString, "1"))]);
    expect(nameToString(name(sequence(rdn)))).toBe("CN=A+serialNumber=1");
  });

  it("writes types without a name and values without text by their encoding", () => {
    expect(nameToString(single(UNKNOWN, text(Tag.Utf8String, "A")))).toBe(`${UNKNOWN}=#0c0141`);
    expect(nameToString(single(CN, constructed(Tag.Utf8String, encoded(Uint8Array.of(0xff)))))).toBe("CN=#0c01ff");
  });

  it("reads the older string types", () => {
    expect(nameToString(single(CN, bmp("Alice")))).toBe("CN=Alice");
    expect(nameToString(single(CN, constructed(Tag.TeletexString, encoded(Uint8Array.of(0xe9)))))).toBe("CN=é");
  });
});

describe("sameName (RFC 5280 section 7.1)", () => {
  it.each([
    ["capitals", "CN=ALICE,O=Example", "CN=alice,O=EXAMPLE"],
    ["repeated spaces", "CN=Alice  Liddell", "CN=Alice Liddell"],
    ["spaces at the ends", "CN= Alice ", "CN=Alice"],
    ["accented capitals", "CN=ÉLISE", "CN=élise"],
    ["composed letters", "CN=\u00e9", "CN=e\u0301"],
  ])("passes over %s", (_, a, b) => {
    expect(sameName(dn(a), dn(b))).toBe(true);
  });

  it.each([
    ["other values", "CN=Alice", "CN=Alise"],
    ["another order", "CN=Alice,O=Example", "O=Example,CN=Alice"],
    ["a part", "CN=Alice,O=Example", "O=Example"],
    ["other types", "CN=Alice", "OU=Alice"],
    ["a missing space", "CN=Alice Liddell", "CN=AliceLiddell"],
  ])("tells apart %s", (_, a, b) => {
    expect(sameName(dn(a), dn(b))).toBe(false);
  });

  it("passes over the string type", () => {
    const printable = single(CN, asciiString(Tag.PrintableString, "Alice"));
    expect(sameName(printable, single(CN, text(Tag.Utf8String, "alice")))).toBe(true);
    expect(sameName(printable, single(CN, bmp("Alice")))).toBe(true);
  });

  it("does not count the order inside an RDN", () => {
    const parts = [attribute(CN, text(Tag.Utf8String, "A")), attribute("2.5.4.10", text(Tag.Utf8String, "B"))];
    const forth = name(sequence(constructed(Tag.Set, ...parts)));
    const back = name(sequence(constructed(Tag.Set, ...parts.toReversed())));
    expect(sameName(forth, back)).toBe(true);
    expect(sameName(forth, name(sequence(...parts.map((part) => setOf([part])))))).toBe(false);
  });

  // interop-traps.md: "Distinguished-name comparison with unknown attribute types"
  it("compares attributes of unknown types by their encoding", () => {
    const utf8 = single(UNKNOWN, text(Tag.Utf8String, "Alice"));
    expect(sameName(utf8, single(UNKNOWN, text(Tag.Utf8String, "Alice")))).toBe(true);
    expect(sameName(utf8, single(UNKNOWN, text(Tag.Utf8String, "alice")))).toBe(false);
    expect(sameName(utf8, single(UNKNOWN, text(Tag.PrintableString, "Alice")))).toBe(false);
  });
});

describe("isWithinSubtree", () => {
  it("holds for names that begin with the base", () => {
    expect(isWithinSubtree(dn("CN=A,O=Example,C=US"), dn("O=example,C=US"))).toBe(true);
    expect(isWithinSubtree(dn("O=Example,C=US"), dn("O=Example,C=US"))).toBe(true);
    expect(isWithinSubtree(dn("C=US"), dn("O=Example,C=US"))).toBe(false);
    expect(isWithinSubtree(dn("CN=A,O=Other,C=US"), dn("O=Example,C=US"))).toBe(false);
  });
});
