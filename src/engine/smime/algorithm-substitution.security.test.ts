import { describe, expect, it } from "vitest";
import { algorithmIdentifier } from "../asn1/algorithm-identifier.ts";
import { Attribute, Digest, Signature } from "../asn1/oids.ts";
import { constructed, type Der, nullValue, oid, sequence } from "../asn1/writer.ts";
import { certificate } from "../../testing/certificate-builder.ts";
import { signTbs } from "../../testing/certificate-signature.ts";
import { attributeOf, signedAttrs, signedData, type SignerRecipe, usualAttributes } from "../../testing/cms-builder.ts";
import { ALICE, clearSigned, open, ROOT, signedMail, textEntity } from "../../testing/mail-builder.ts";
import { naivelyVerified } from "../../testing/openssl-cms.ts";

const TEXT = textEntity("Hello");
const RSA = certificate().subject("CN=Alice RSA").email("alice@example.com").key("rsa-2048").issuedBy(ROOT).build();

function protection(digest: string, signature: string | null): Der {
  const signatureAlgorithm = signature === null ? null : constructed(0xa1, oid(signature));
  return attributeOf(
    Attribute.cmsAlgorithmProtection,
    sequence(algorithmIdentifier(digest, "absent"), signatureAlgorithm),
  );
}

async function judged(recipe: Partial<SignerRecipe>) {
  const { verdict } = await open(signedMail(TEXT, recipe));
  return `${verdict.signature} ${verdict.reasons[0] ?? ""}`;
}

describe("attack 8: an algorithm is exchanged (RFC 6211)", () => {
  it("is valid where CMSAlgorithmProtection names what was used", async () => {
    expect(await judged({ added: [protection(Digest.sha256, Signature.ecdsaWithSha256)] })).toMatch(/^valid /);
  });

  it("takes absent and NULL parameters for the same", async () => {
    const attribute = attributeOf(
      Attribute.cmsAlgorithmProtection,
      sequence(
        algorithmIdentifier(Digest.sha256, "null"),
        constructed(0xa1, oid(Signature.ecdsaWithSha256), nullValue()),
      ),
    );
    expect(await judged({ added: [attribute] })).toMatch(/^valid /);
  });

  it.each([
    ["another digest", [protection(Digest.sha512, Signature.ecdsaWithSha256)], "algorithm-substituted"],
    ["another signature algorithm", [protection(Digest.sha256, Signature.ecdsaWithSha512)], "algorithm-substituted"],
    ["no signature algorithm", [protection(Digest.sha256, null)], "algorithm-substituted"],
    [
      "itself twice",
      [protection(Digest.sha256, Signature.ecdsaWithSha256), protection(Digest.sha256, Signature.ecdsaWithSha1)],
      "attribute-repeated",
    ],
  ])("is invalid where it names %s", async (_name, added, reason) => {
    expect(await judged({ added })).toBe(`invalid ${reason}`);
  });

  it("is invalid where digestAlgorithm is not the digest of the signature, though each fits alone", async () => {
    // messageDigest by SHA-1, which can be forged, under a signature by SHA-256: the digest is the weakest link.
    const attributes = usualAttributes(TEXT, { signer: RSA, digest: "sha-1" });
    const signature = signTbs(RSA.privateKey, "sha-256", Uint8Array.of(0x31, ...signedAttrs(attributes).subarray(1)));
    const signer: SignerRecipe = {
      signer: RSA,
      attributes,
      signature,
      digestAlgorithm: algorithmIdentifier(Digest.sha1, "absent"),
      signatureAlgorithm: algorithmIdentifier(Signature.sha256WithRsa, "null"),
    };
    const cms = signedData({ content: TEXT, eContent: "detached", signers: [signer] });
    const { verdict } = await open(clearSigned(TEXT, cms));
    expect(verdict.signature).toBe("invalid");
    expect(verdict.reasons).toContain("digest-algorithm-mismatch");
  });

  it("is invalid where digestAlgorithm is exchanged after signing", async () => {
    const exchanged = algorithmIdentifier(Digest.sha512, "absent");
    expect(await judged({ signer: RSA, digestAlgorithm: exchanged })).toMatch(/^invalid /);
    expect(await judged({ digestAlgorithm: exchanged })).toMatch(/^invalid /);
  });

  it("is invalid where RSA is said of an EC key, and the other way round", async () => {
    const rsa = algorithmIdentifier(Signature.sha256WithRsa, "null");
    const ecdsa = algorithmIdentifier(Signature.ecdsaWithSha256, "absent");
    expect(await judged({ signatureAlgorithm: rsa })).toBe("invalid signature-mismatch");
    expect(await judged({ signer: RSA, signatureAlgorithm: ecdsa })).toBe("invalid signature-mismatch");
  });

  it("is what a program does not see that only verifies", () => {
    const added = [protection(Digest.sha512, Signature.ecdsaWithSha512)];
    const cms = signedData({ content: TEXT, eContent: "attached", signers: [{ signer: ALICE, added }] });
    expect(naivelyVerified(cms)).toEqual(TEXT);
  });
});
