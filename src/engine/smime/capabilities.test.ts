import { describe, expect, it } from "vitest";
import { certificate } from "../../testing/certificate-builder.ts";
import { toHex } from "../bytes/hex.ts";
import { attributeOf } from "../../testing/cms-builder.ts";
import { keyIdentifier } from "../../testing/extension-values.ts";
import { ALICE, open, ROOT, signedMail, textEntity } from "../../testing/mail-builder.ts";
import { Attribute } from "../asn1/oids.ts";
import { type Der, encode, encoded, octetString, oid, sequence, smallInteger } from "../asn1/writer.ts";
import { issuerAndSerialNumber } from "../cms/certificate-identifier.ts";
import { smimeCapabilities, smimeEncryptionKeyPreference } from "./capabilities.ts";

/** RFC 3565 section 4.1 gives these encodings of the capabilities in hexadecimal. */
const AES_128_CBC = "300b0609608648016503040102";
const AES_192_CBC = "300b0609608648016503040116";
const AES_256_CBC = "300b060960864801650304012a";

describe("sMIMECapabilities", () => {
  it("names what every program reads, the strongest first, in the encodings of RFC 3565", () => {
    const hex = toHex(encode(smimeCapabilities()));
    expect(hex.endsWith(`3027${AES_256_CBC}${AES_192_CBC}${AES_128_CBC}`)).toBe(true);
    // RFC 8551 appendix A: smimeCapabilities is { pkcs-9 15 }, with exactly one value.
    expect(hex.startsWith("303606092a864886f70d01090f3129")).toBe(true);
  });
});

describe("sMIMEEncryptionKeyPreference", () => {
  it("names the certificate by issuer and serial number, tagged [0] IMPLICIT (RFC 8551 section 2.5.3)", () => {
    const root = certificate().subject("CN=Root").ca().build();
    const leaf = certificate().key("p-256").serialNumber(0x0a, 0x1b).issuedBy(root).build();
    const hex = toHex(encode(smimeEncryptionKeyPreference(leaf.certificate)));
    const issuer = toHex(root.certificate.subject.der);
    expect(hex).toContain("060b2a864886f70d010910020b31");
    expect(hex.endsWith(`a0${(issuer.length / 2 + 4).toString(16)}${issuer}02020a1b`)).toBe(true);
  });
});

describe("capabilities of a signer", () => {
  const aes256 = "2.16.840.1.101.3.4.1.42";
  const rc2 = sequence(oid("1.2.840.113549.3.2"), smallInteger(40));
  const list = (...entries: readonly Der[]) => attributeOf(Attribute.smimeCapabilities, sequence(...entries));
  const signerOf = async (...added: readonly Der[]) => {
    const { layers } = await open(signedMail(textEntity("text"), { added }));
    return "signers" in layers[0]! ? layers[0].signers[0]! : null;
  };

  it("are read in their order, with their parameters", async () => {
    const signer = await signerOf(list(sequence(oid(aes256)), rc2));
    expect(signer?.claims.capabilities).toEqual([
      { oid: aes256, parameters: null },
      { oid: "1.2.840.113549.3.2", parameters: Uint8Array.of(2, 1, 40) },
    ]);
  });

  it("are what we write ourselves", async () => {
    const signer = await signerOf(smimeCapabilities());
    expect(signer?.claims.capabilities?.map((capability) => capability.oid)).toEqual([
      ...[aes256, "2.16.840.1.101.3.4.1.22", "2.16.840.1.101.3.4.1.2"],
    ]);
  });

  it.each([
    ["broken", attributeOf(Attribute.smimeCapabilities, octetString(new Uint8Array(2)))],
    ["twice there", attributeOf(Attribute.smimeCapabilities, sequence(rc2), sequence())],
  ])("are unknown where the attribute is %s, and the signature is as it was", async (_name, attribute) => {
    const signer = await signerOf(attribute);
    expect(signer).toMatchObject({ integrity: { status: "valid" }, claims: { capabilities: null } });
  });

  it("are nobody's where the signature does not fit", async () => {
    const { layers } = await open(
      signedMail(textEntity("text"), { added: [list(rc2)], digestOf: textEntity("other") }),
    );
    expect(layers[0]).toMatchObject({ signers: [{ claims: { capabilities: null } }] });
  });
});

describe("the certificate that answers are encrypted to", () => {
  const other = certificate().subject("CN=To Alice").key("p-256").issuedBy(ROOT).build();
  const named = encode(issuerAndSerialNumber(other.certificate)).subarray(1);
  const preference = (tag: number, rest: Uint8Array, type: string = Attribute.smimeEncryptionKeyPreference) =>
    attributeOf(type, encoded(Uint8Array.of(tag, ...rest)));
  const keyId = encode(octetString(keyIdentifier(other.certificate.spki)));

  it.each([
    ["issuer and serial number", preference(0xa0, named)],
    ["a recipient's key identifier", preference(0xa1, Uint8Array.of(keyId.length, ...keyId))],
    ["a key identifier", preference(0x82, keyId.subarray(1))],
    ["Microsoft's own attribute", preference(0x30, named, "1.3.6.1.4.1.311.16.4")],
  ])("is found by %s among those that came along", async (_name, attribute) => {
    const message = signedMail(textEntity("text"), { added: [attribute] }, { certificates: [ALICE, other] });
    const { layers } = await open(message);
    expect(layers[0]).toMatchObject({ signers: [{ claims: { encryptionCertificate: other.der } }] });
    const without = await open(signedMail(textEntity("text"), { added: [attribute] }));
    expect(without.layers[0]).toMatchObject({ signers: [{ claims: { encryptionCertificate: null } }] });
  });
});
