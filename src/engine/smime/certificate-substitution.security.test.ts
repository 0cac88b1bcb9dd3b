import { describe, expect, it } from "vitest";
import { algorithmIdentifier } from "../asn1/algorithm-identifier.ts";
import { Attribute, Digest } from "../asn1/oids.ts";
import { type Der, octetString, sequence } from "../asn1/writer.ts";
import { certificate, type TestCertificate } from "../../testing/certificate-builder.ts";
import { attributeOf, digestOf, signedData } from "../../testing/cms-builder.ts";
import { ALICE, MALLORY, open, ROOT, signedMail, textEntity } from "../../testing/mail-builder.ts";
import { naivelyVerified } from "../../testing/openssl-cms.ts";

const TEXT = textEntity("Hello");

/** Another certificate for Alice's key, issuer and serial number, with more in it than she asked for. */
const SUBSTITUTE = certificate()
  .subject("CN=The Boss")
  .email("alice@example.com", "boss@example.com")
  .key(ALICE)
  .issuedBy(ROOT)
  .serialNumber(...ALICE.certificate.serialNumber)
  .build();

const essCertIdV2 = (of: TestCertificate): Der => sequence(octetString(digestOf(of.der)));
const v2 = (...ids: readonly Der[]): Der => attributeOf(Attribute.signingCertificateV2, sequence(sequence(...ids)));
const v1 = (of: TestCertificate): Der =>
  attributeOf(Attribute.signingCertificate, sequence(sequence(sequence(octetString(digestOf(of.der, "sha-1"))))));

function essCertIdWith(digest: "sha-384" | "sha-512", of: TestCertificate): Der {
  const oid = digest === "sha-384" ? Digest.sha384 : Digest.sha512;
  return sequence(algorithmIdentifier(oid, "absent"), octetString(digestOf(of.der, digest)));
}

async function judged(added: readonly Der[], sent: TestCertificate) {
  const { verdict } = await open(signedMail(TEXT, { added }, { certificates: [sent] }));
  return `${verdict.signature} ${verdict.reasons[0] ?? ""}`;
}

describe("attack 7: the signer's certificate is exchanged for another one of the same key (RFC 5035)", () => {
  it.each([
    ["signingCertificateV2", [v2(essCertIdV2(ALICE))]],
    ["signingCertificateV2 with SHA-384", [v2(essCertIdWith("sha-384", ALICE))]],
    ["signingCertificateV2 with SHA-512", [v2(essCertIdWith("sha-512", ALICE))]],
    ["signingCertificateV2 with the issuer after it", [v2(essCertIdV2(ALICE), essCertIdV2(ROOT))]],
    ["signingCertificate", [v1(ALICE)]],
    ["both", [v1(ALICE), v2(essCertIdV2(ALICE))]],
  ])("is invalid by %s", async (_name, added) => {
    expect(await judged(added, ALICE)).toMatch(/^valid /);
    expect(await judged(added, SUBSTITUTE)).toBe("invalid certificate-substituted");
  });

  it("is what a program does not see that only verifies", () => {
    const cms = signedData({
      content: TEXT,
      eContent: "attached",
      signers: [{ signer: ALICE, added: [v2(essCertIdV2(ALICE))] }],
      certificates: [SUBSTITUTE],
    });
    // OpenSSL 3.0 checks the attribute for CAdES only.
    expect(naivelyVerified(cms)).toEqual(TEXT);
  });

  it("is invalid where one of the two attributes names another certificate", async () => {
    expect(await judged([v1(SUBSTITUTE), v2(essCertIdV2(ALICE))], ALICE)).toBe("invalid certificate-substituted");
    expect(await judged([v1(ALICE), v2(essCertIdV2(SUBSTITUTE))], ALICE)).toBe("invalid certificate-substituted");
  });

  it("is invalid where the certificate is not the first that the attribute names", async () => {
    expect(await judged([v2(essCertIdV2(MALLORY), essCertIdV2(ALICE))], ALICE)).toBe("invalid certificate-substituted");
  });

  it("is invalid where the attribute stands twice, or cannot be read", async () => {
    const twice = [v2(essCertIdV2(ALICE)), v2(essCertIdV2(SUBSTITUTE))];
    expect(await judged(twice, ALICE)).toBe("invalid attribute-repeated");
    expect(await judged([v2()], ALICE)).toBe("invalid malformed-signature");
    const nothing = attributeOf(Attribute.signingCertificateV2);
    expect(await judged([nothing], ALICE)).toMatch(/^invalid /);
  });
});
