import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { certificate } from "../../testing/certificate-builder.ts";
import { utf8String } from "../../testing/names.ts";
import { boolean, type Der, encode, encoded, integer, nullValue, octetString, oid, sequence } from "../asn1/writer.ts";
import { concatBytes } from "../bytes/concat.ts";
import { toHex } from "../bytes/hex.ts";
import { SmimeError } from "../errors.ts";
import { readWhole } from "../asn1/reader.ts";
import { certificateEmails } from "./email-addresses.ts";
import { parseCertificate } from "./certificate.ts";
import { findPath } from "./path.ts";
import { nameToString } from "./name.ts";
import { trustAnchor } from "./trust-anchor.ts";

const root = certificate().subject("CN=Root").ca().build();
const sample = certificate()
  .subject("CN=Alice,O=Example")
  .email("alice@example.com")
  .key("p-256")
  .issuedBy(root)
  .build();

/** The fields of TBSCertificate and of the Certificate around it, for taking apart. */
function fieldsOf(der: Uint8Array): { tbs: Uint8Array[]; algorithm: Uint8Array; signature: Uint8Array } {
  const outer = readWhole(der);
  const tbs = outer.sequence();
  return {
    tbs: tbs.rest().map(({ bytes }) => bytes),
    algorithm: outer.any().bytes,
    signature: outer.any().bytes,
  };
}

/** The sample with some fields of its TBSCertificate replaced, by their index. */
function withFields(changes: Readonly<Record<number, Der>>, algorithm?: Der): Uint8Array {
  const fields = fieldsOf(sample.der);
  const tbs = fields.tbs.map((bytes, i) => changes[i] ?? encoded(bytes));
  return encode(sequence(sequence(...tbs), algorithm ?? encoded(fields.algorithm), encoded(fields.signature)));
}

function refusal(der: Uint8Array): unknown {
  try {
    parseCertificate(der);
    return "accepted";
  } catch (error) {
    return error instanceof SmimeError && error.code === "malformed.certificate" ? error.context["reason"] : error;
  }
}

const CRITICAL_FALSE = sequence(oid("1.2.3.4"), boolean(false), octetString(Uint8Array.of(5, 0)));

function extensions(...list: readonly Der[]): Der {
  const all = sequence(...list);
  return { length: all.length + 2, pieces: [Uint8Array.of(0xa3, all.length), ...all.pieces] };
}

describe("parseCertificate", () => {
  it("reads the fields", () => {
    const { certificate: parsed } = sample;
    expect(nameToString(parsed.subject)).toBe("CN=Alice,O=Example");
    expect(nameToString(parsed.issuer)).toBe("CN=Root");
    expect(parsed.version).toBe(3);
    expect(parsed.notBefore).toEqual(new Date("2025-01-01T00:00:00Z"));
    expect(parsed.extensions.get("2.5.29.15")?.critical).toBe(true);
    expect(certificateEmails(parsed)).toEqual(["alice@example.com"]);
    expect(toHex(parsed.spki)).toBe(toHex(new Uint8Array(parsed.spki)));
  });

  it("reads serial numbers that are zero, negative and long", () => {
    for (const serial of [[0], [0x80], [0xff], Array.from({ length: 40 }, () => 0x7a)]) {
      const built = certificate()
        .key("p-256")
        .serialNumber(...serial)
        .build();
      expect([...built.certificate.serialNumber]).toEqual(serial);
    }
  });

  it("reads version 1, and an encoded default", () => {
    expect(certificate().key("p-256").version1().build().certificate.version).toBe(1);
    const parsed = parseCertificate(withFields({ 7: extensions(CRITICAL_FALSE) }));
    expect(parsed.extensions.get("1.2.3.4")?.critical).toBe(false);
  });

  it.each<[string, Uint8Array]>([
    ["trailing-data", concatBytes(sample.der, Uint8Array.of(0))],
    ["trailing-data", withFields({ 7: { length: 3, pieces: [Uint8Array.of(0xa4, 1, 0)] } })],
    ["truncated", sample.der.subarray(0, sample.der.length - 1)],
    ["signature-algorithm-mismatch", withFields({}, sequence(oid("1.2.840.10045.4.3.3")))],
    ["signature-algorithm-mismatch", withFields({}, sequence(oid("1.2.840.10045.4.3.2"), nullValue()))],
    ["repeated-extension", withFields({ 7: extensions(CRITICAL_FALSE, CRITICAL_FALSE) })],
    ["version", withFields({ 0: { length: 5, pieces: [Uint8Array.of(0xa0, 3, 2, 1, 3)] } })],
    ["integer-not-minimal", withFields({ 1: integer(Uint8Array.of(0, 1)) })],
    ["unexpected-tag", withFields({ 1: utf8String("1") })],
    ["time", withFields({ 4: sequence(utf8String("now"), utf8String("then")) })],
    ["too-large", new Uint8Array(1024 * 1024 + 1)],
  ])("refuses %s", (reason, der) => {
    expect(refusal(der)).toBe(reason);
  });

  it("gives an SmimeError for random bytes and nothing else", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(() => parseCertificate(bytes)).toThrow(SmimeError);
      }),
      { numRuns: 300 },
    );
  });

  it("gives an SmimeError or an untrusted path for a certificate that was altered anywhere", async () => {
    const anchors = [trustAnchor(root.certificate)];
    const position = fc.nat(sample.der.length - 1);
    await fc.assert(
      fc.asyncProperty(position, fc.integer({ min: 1, max: 255 }), async (index, change) => {
        const altered = sample.der.slice();
        altered[index]! ^= change;
        try {
          const parsed = parseCertificate(altered);
          certificateEmails(parsed);
          nameToString(parsed.subject);
          const at = new Date("2026-01-01T00:00:00Z");
          const options = { anchors, intermediates: [], at, purpose: "email", usage: "sign" } as const;
          expect((await findPath(parsed, options)).status).toBe("untrusted");
        } catch (error) {
          expect(error).toBeInstanceOf(SmimeError);
        }
      }),
      { numRuns: 400 },
    );
  });
});
