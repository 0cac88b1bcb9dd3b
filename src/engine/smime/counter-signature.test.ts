import { describe, expect, it } from "vitest";
import { algorithmIdentifier } from "../asn1/algorithm-identifier.ts";
import { Attribute, Digest, PublicKey } from "../asn1/oids.ts";
import { Asn1Reader } from "../asn1/reader.ts";
import { contextConstructed } from "../asn1/tag.ts";
import { type Der, constructed, encode, encoded, octetString, sequence, setOf, smallInteger } from "../asn1/writer.ts";
import { certificate, type TestCertificate } from "../../testing/certificate-builder.ts";
import { signTbs } from "../../testing/certificate-signature.ts";
import { attributeOf, digestOf, signedData, signerInfo } from "../../testing/cms-builder.ts";
import { ALICE, open, opaque, ROOT, textEntity } from "../../testing/mail-builder.ts";
import { issuerAndSerialNumber } from "../cms/certificate-identifier.ts";
import { readSignerInfo } from "../cms/signer-info.ts";

const TEXT = textEntity("Hello");
const NOTARY = certificate().subject("CN=Notary").email("notary@example.com").issuedBy(ROOT).build();

/** A SignerInfo over another's signature (RFC 5652 section 11.4), signed by node's OpenSSL. */
function counterOf(signature: Uint8Array, notary: TestCertificate, over: Uint8Array = signature): Der {
  const attributes = setOf([attributeOf(Attribute.messageDigest, octetString(digestOf(over)))], 0xa0);
  const signed = Uint8Array.of(0x31, ...encode(attributes).subarray(1));
  return sequence(
    smallInteger(1),
    issuerAndSerialNumber(notary.certificate),
    algorithmIdentifier(Digest.sha256, "absent"),
    attributes,
    algorithmIdentifier(PublicKey.rsaEncryption, "null"),
    octetString(signTbs(notary.privateKey, "sha-256", signed)),
  );
}

/** Alice's SignerInfo with unsigned attributes behind it. */
function withUnsigned(make: (signature: Uint8Array) => readonly Der[]): Uint8Array {
  const alice = encode(signerInfo(TEXT, { signer: ALICE }));
  const { signature } = readSignerInfo(new Asn1Reader(alice));
  const fields = new Asn1Reader(alice).sequence().rest();
  const unsigned = setOf(make(signature), contextConstructed(1));
  const info = constructed(0x30, ...fields.map(({ bytes }) => encoded(bytes)), unsigned);
  const certificates = [ALICE, NOTARY];
  return signedData({ content: TEXT, eContent: "attached", signers: [], signerInfos: [info], certificates });
}

describe("countersignatures (RFC 5652 section 11.4)", () => {
  it("are verified over the signature and shown", async () => {
    const cms = withUnsigned((signature) => [attributeOf(Attribute.counterSignature, counterOf(signature, NOTARY))]);
    const { layers, verdict } = await open(opaque(cms));
    expect(verdict.signature).toBe("valid");
    expect(layers).toMatchObject([
      { signers: [{ counterSignatures: [{ subject: "CN=Notary", integrity: { status: "valid" } }] }] },
    ]);
  });

  it("that do not fit or cannot be read change nothing of the verdict", async () => {
    const cms = withUnsigned((signature) => [
      attributeOf(Attribute.counterSignature, counterOf(signature, NOTARY, TEXT), octetString(TEXT)),
    ]);
    const { layers, verdict } = await open(opaque(cms));
    expect(verdict).toMatchObject({ signature: "valid", sender: "matches" });
    const [layer] = layers;
    const counter = layer && "signers" in layer ? layer.signers.flatMap((signer) => signer.counterSignatures) : [];
    expect(counter.map(({ integrity }) => integrity.status)).toContain("invalid");
  });

  it("beyond a few are not looked at", async () => {
    const cms = withUnsigned((signature) => [
      attributeOf(Attribute.counterSignature, ...Array.from({ length: 9 }, () => counterOf(signature, NOTARY))),
    ]);
    const [layer] = (await open(opaque(cms))).layers;
    expect(layer && "signers" in layer ? layer.signers.flatMap((signer) => signer.counterSignatures) : []).toHaveLength(
      4,
    );
  });

  it("give a signature that does not fit no help", async () => {
    const cms = withUnsigned((signature) => [attributeOf(Attribute.counterSignature, counterOf(signature, NOTARY))]);
    const at = cms.findLastIndex((_, i) => TEXT.every((octet, j) => cms[i + j] === octet));
    const { verdict } = await open(opaque(cms.map((octet, i) => (i === at + TEXT.length - 1 ? octet ^ 1 : octet))));
    expect(verdict.signature).toBe("invalid");
  });
});

describe("attributes that have no say", () => {
  it.each([
    // RFC 2634, RFC 5035, RFC 5126, RFC 3161, and Microsoft's.
    ["receiptRequest", "1.2.840.113549.1.9.16.2.1"],
    ["contentHint", "1.2.840.113549.1.9.16.2.4"],
    ["msgSigDigest", "1.2.840.113549.1.9.16.2.5"],
    ["contentIdentifier", "1.2.840.113549.1.9.16.2.7"],
    ["equivalentLabels", "1.2.840.113549.1.9.16.2.9"],
    ["mlExpansionHistory", "1.2.840.113549.1.9.16.2.3"],
    ["timeStampToken", "1.2.840.113549.1.9.16.2.14"],
    ["sigPolicyId", "1.2.840.113549.1.9.16.2.15"],
    ["microsoftRecipientInfo", "1.3.6.1.4.1.311.16.4"],
    ["microsoftOsVersion", "1.3.6.1.4.1.311.13.2.3"],
    ["adobeRevocation", "1.2.840.113583.1.1.8"],
  ])("%s, signed or not, of any value", async (_name, type) => {
    const value = sequence(octetString(TEXT));
    const signed = signedData({
      content: TEXT,
      eContent: "attached",
      signers: [{ signer: ALICE, added: [attributeOf(type, value)] }],
    });
    expect((await open(opaque(signed))).verdict.signature).toBe("valid");
    const unsigned = withUnsigned(() => [attributeOf(type, value), attributeOf(type)]);
    expect((await open(opaque(unsigned))).verdict.signature).toBe("valid");
  });
});
