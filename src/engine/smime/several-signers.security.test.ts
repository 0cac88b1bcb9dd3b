import { describe, expect, it } from "vitest";
import { algorithmIdentifier } from "../asn1/algorithm-identifier.ts";
import type { SignerRecipe } from "../../testing/cms-builder.ts";
import { certificate } from "../../testing/certificate-builder.ts";
import { ALICE, MALLORY, open, ROOT, signedMail, somebody, textEntity } from "../../testing/mail-builder.ts";
import { naivelyVerified } from "../../testing/openssl-cms.ts";
import { signedData } from "../../testing/cms-builder.ts";

const TEXT = textEntity("Hello");
const UNKNOWN = algorithmIdentifier("1.3.6.1.4.1.99999.7", "absent");
const good: SignerRecipe = { signer: ALICE };
const bad: SignerRecipe = { signer: ALICE, digestOf: textEntity("another text") };

async function verdict(signers: readonly SignerRecipe[], certificates = [ALICE, MALLORY]) {
  return (await open(signedMail(TEXT, {}, { signers, certificates }))).verdict;
}

describe("attack 3: several signers, of whom one is good", () => {
  it.each([
    ["after", [good, bad]],
    ["before", [bad, good]],
  ])("is invalid with a bad SignerInfo %s a good one", async (_name, signers) => {
    expect(await verdict(signers)).toMatchObject({ signature: "invalid" });
    // OpenSSL takes the good one alone for valid, which is what a program that stops at the first one does.
    expect(naivelyVerified(signedData({ content: TEXT, eContent: "attached", signers: [good] }))).not.toBeNull();
  });

  it("is invalid where the addresses differ, though each signature fits and is trusted", async () => {
    const both = await verdict([{ signer: MALLORY }, good]);
    expect(both).toMatchObject({ signature: "invalid", sender: "differs" });
    expect(both.reasons[0]).toBe("signers-differ");
    const cms = signedData({ content: TEXT, eContent: "attached", signers: [{ signer: MALLORY }, good] });
    expect(naivelyVerified(cms)).toEqual(TEXT);
  });

  it("is invalid where the other signer's address only contains the first one's", async () => {
    const longer = somebody("alice@example.com.evil.example");
    expect((await verdict([{ signer: longer }, good], [ALICE, longer])).signature).toBe("invalid");
  });

  it("is untrusted where another self-signed signer claims the same address", async () => {
    const fake = certificate().subject("CN=Fake").email("alice@example.com").key("p-256").build();
    expect((await verdict([good, { signer: fake }], [ALICE, fake])).signature).toBe("untrusted");
  });

  it("is valid where one person signs with two certificates", async () => {
    const other = certificate().email("alice@example.com").key("p-384").issuedBy(ROOT).build();
    const signers = [good, { signer: other, digest: "sha-384" as const }];
    expect(await verdict(signers, [ALICE, other])).toMatchObject({ signature: "valid", sender: "matches" });
  });

  it("is weak where one of two signatures of the same person is over SHA-1", async () => {
    const signers = [good, { signer: ALICE, digest: "sha-1" as const }];
    expect((await verdict(signers)).signature).toBe("weak");
  });

  it.each<readonly [string, SignerRecipe]>([
    ["signature algorithm", { signer: ALICE, signatureAlgorithm: UNKNOWN }],
    ["digest", { signer: ALICE, digestAlgorithm: UNKNOWN }],
  ])("notes an extra SignerInfo of an unknown %s and passes it over", async (_name, extra) => {
    for (const signers of [
      [good, extra],
      [extra, good],
    ]) {
      const found = await verdict(signers);
      expect(found).toMatchObject({ signature: "valid", sender: "matches" });
      expect(found.reasons).toContain("additional-signature-not-checked");
    }
  });

  it("notes an extra SignerInfo whose certificate is missing, and says the sender of the one that was checked", async () => {
    const found = await verdict([good, { signer: MALLORY }], [ALICE]);
    expect(found).toMatchObject({ signature: "valid", sender: "matches" });
    expect(found.reasons).toContain("additional-signature-not-checked");
  });

  it("does not let an unknown algorithm stand for a signature where there is no other", async () => {
    expect((await verdict([{ signer: ALICE, signatureAlgorithm: UNKNOWN }])).signature).toBe("unsupported");
  });

  it("does not let an unknown algorithm hide that the other signature is another person's", async () => {
    const found = await verdict([{ signer: MALLORY }, { signer: ALICE, signatureAlgorithm: UNKNOWN }]);
    expect(found.sender).toBe("differs");
  });
});
