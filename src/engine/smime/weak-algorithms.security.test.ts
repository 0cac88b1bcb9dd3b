import { describe, expect, it } from "vitest";
import { certificate } from "../../testing/certificate-builder.ts";
import { signedData, type SignerRecipe } from "../../testing/cms-builder.ts";
import { ALICE, open, opaque, ROOT, signedMail, textEntity } from "../../testing/mail-builder.ts";
import { naivelyVerified } from "../../testing/openssl-cms.ts";

const TEXT = textEntity("Hello");
const person = certificate().email("alice@example.com").issuedBy(ROOT);
const RSA = person.key("rsa-2048").build();
const RSA_1024 = person.key("rsa-1024").build();

const cases: readonly (readonly [string, SignerRecipe, string])[] = [
  ["RSA with SHA-1", { signer: RSA, digest: "sha-1" }, "weak weak-digest"],
  ["RSA with MD5", { signer: RSA, digest: "md5" }, "weak weak-digest"],
  ["ECDSA with SHA-1", { signer: ALICE, digest: "sha-1" }, "weak weak-digest"],
  ["RSA with 1024 bits", { signer: RSA_1024 }, "weak weak-key"],
  ["RSA with SHA-1, without attributes", { signer: RSA, digest: "sha-1", attributes: null }, "weak weak-digest"],
];

describe("attack 10: weak algorithms are a state of their own and never valid (RFC 8551 section 2.1)", () => {
  it.each(cases)("%s", async (_name, recipe, expected) => {
    const cms = signedData({ content: TEXT, eContent: "attached", signers: [recipe] });
    expect(naivelyVerified(cms)).toEqual(TEXT);
    for (const message of [opaque(cms), signedMail(TEXT, recipe)]) {
      const { verdict } = await open(message);
      expect(`${verdict.signature} ${verdict.reasons[0] ?? ""}`).toBe(expected);
    }
  });

  it("RSA with 1024 bits is not valid either where the certificate itself is trusted", async () => {
    const message = signedMail(TEXT, { signer: RSA_1024 });
    const { verdict } = await open(message, { roots: [RSA_1024] });
    expect(verdict.signature).not.toMatch(/^valid/);
    expect(verdict.reasons).toContain("weak-key");
  });

  it("a weak signature that does not fit is invalid, not weak", async () => {
    const { verdict } = await open(signedMail(TEXT, { signer: RSA, digest: "md5", digestOf: textEntity("other") }));
    expect(verdict.signature).toBe("invalid");
  });

  it("a certificate that was issued with SHA-1 or MD5 is not trusted", async () => {
    const issuer = certificate().subject("CN=RSA Root").ca().key("rsa-2048").build();
    for (const digest of ["sha-1", "md5"] as const) {
      const signer = certificate().email("alice@example.com").key("p-256").issuedBy(issuer).signedWith(digest).build();
      const { verdict } = await open(signedMail(TEXT, { signer }), { roots: [issuer] });
      expect(`${verdict.signature} ${verdict.reasons[0] ?? ""}`).toBe("untrusted weak-signature-algorithm");
    }
  });
});
