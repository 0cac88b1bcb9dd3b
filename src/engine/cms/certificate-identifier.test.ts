import { describe, expect, it } from "vitest";
import { Asn1Reader } from "../asn1/reader.ts";
import { type Der, encode, implicitPrimitive, integer, octetString, sequence } from "../asn1/writer.ts";
import { certificate } from "../../testing/certificate-builder.ts";
import { keyIdentifier as keyIdentifierOf } from "../../testing/extension-values.ts";
import { distinguishedName } from "../../testing/names.ts";
import {
  identifies,
  issuerAndSerialNumber,
  keyIdentifier,
  readCertificateIdentifier,
} from "./certificate-identifier.ts";

const root = certificate().subject("CN=Root,O=Example").ca().build();
const alice = certificate().email("alice@example.com").key("p-256").issuedBy(root).serialNumber(0, 0x80).build();
const read = (der: Der) => readCertificateIdentifier(new Asn1Reader(encode(der), "ber"));

describe("CertificateIdentifier (RFC 5652 sections 5.3 and 6.2.1)", () => {
  it("names a certificate by issuer and serial number", () => {
    const own = read(issuerAndSerialNumber(alice.certificate));
    expect(own.kind).toBe("issuer-serial");
    expect(identifies(own, alice.certificate)).toBe(true);
    expect(identifies(own, root.certificate)).toBe(false);
  });

  it("tells serial numbers apart by their octets", () => {
    for (const serial of [[0x80], [0, 0x81], [0, 0, 0x80], [0x40]]) {
      const other = read(sequence(distinguishedName("CN=Root,O=Example"), integer(Uint8Array.from(serial))));
      expect(identifies(other, alice.certificate)).toBe(false);
    }
  });

  it("compares issuers as names, not as encodings", () => {
    const serial = integer(alice.certificate.serialNumber);
    expect(identifies(read(sequence(distinguishedName("CN=ROOT,O=example"), serial)), alice.certificate)).toBe(true);
    expect(identifies(read(sequence(distinguishedName("O=Example,CN=Root"), serial)), alice.certificate)).toBe(false);
    expect(identifies(read(sequence(distinguishedName(""), serial)), alice.certificate)).toBe(false);
  });

  it("names a certificate by its key identifier, where it has the extension", () => {
    const identifier = keyIdentifierOf(alice.certificate.spki);
    const byKey = read(implicitPrimitive(0, identifier));
    expect(identifies(byKey, alice.certificate)).toBe(true);
    expect(identifies(byKey, root.certificate)).toBe(false);
    expect(encode(keyIdentifier(alice.certificate) ?? sequence())).toEqual(encode(implicitPrimitive(0, identifier)));
    const without = certificate().key(alice).withoutKeyIdentifiers().build();
    expect(identifies(byKey, without.certificate)).toBe(false);
    expect(keyIdentifier(without.certificate)).toBeNull();
  });

  it("does not take an empty key identifier for a missing extension", () => {
    const without = certificate().key("p-256").withoutKeyIdentifiers().build();
    expect(identifies(read(implicitPrimitive(0, new Uint8Array(0))), without.certificate)).toBe(false);
  });

  it("refuses other choices and what is left over", () => {
    expect(() => read(octetString(Uint8Array.of(1)))).toThrow("malformed.asn1");
    expect(() => read(sequence(distinguishedName("CN=Root")))).toThrow("malformed.asn1");
    const more = sequence(distinguishedName("CN=Root"), integer(Uint8Array.of(1)), integer(Uint8Array.of(2)));
    expect(() => read(more)).toThrow("malformed.asn1");
  });
});
