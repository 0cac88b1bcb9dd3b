import { describe, expect, it } from "vitest";
import { encoded, integer, sequence } from "../asn1/writer.ts";
import { certificate } from "../../testing/certificate-builder.ts";
import { signedData, type SignerRecipe } from "../../testing/cms-builder.ts";
import type { TestCertificate } from "../../testing/certificate-builder.ts";
import { ALICE, MALLORY, open, ROOT, signedMail, textEntity } from "../../testing/mail-builder.ts";
import { naivelyVerified } from "../../testing/openssl-cms.ts";

const TEXT = textEntity("Hello");

async function judged(recipe: SignerRecipe, certificates: readonly TestCertificate[]) {
  const opened = await open(signedMail(TEXT, recipe, { certificates }));
  const [layer] = opened.layers;
  const [signer] = layer && "signers" in layer ? layer.signers : [];
  return { ...opened.verdict, emails: signer?.emails, integrity: signer?.integrity };
}

describe("attack 6: the signer is read from another certificate than the one that signed", () => {
  it("names the certificate of sid, whatever stands first among the certificates", async () => {
    for (const certificates of [
      [ALICE, MALLORY],
      [MALLORY, ALICE],
    ]) {
      // A naive program verifies with the right one and shows the address of the first.
      const cms = signedData({ content: TEXT, eContent: "attached", signers: [{ signer: MALLORY }], certificates });
      expect(naivelyVerified(cms)).toEqual(TEXT);
      const found = await judged({ signer: MALLORY }, certificates);
      expect(found).toMatchObject({ signature: "valid", sender: "differs", emails: ["mallory@evil.example"] });
    }
  });

  it("tries no other certificate than the one of sid", async () => {
    const found = await judged({ signer: MALLORY, sidOf: ALICE }, [MALLORY, ALICE]);
    expect(found).toMatchObject({ signature: "invalid", emails: ["alice@example.com"] });
    expect(found.reasons[0]).toBe("signature-mismatch");
  });

  it("takes no certificate where the one of sid is missing", async () => {
    const found = await judged({ signer: MALLORY }, [ALICE]);
    expect(found).toMatchObject({ signature: "unsupported", emails: [] });
  });

  it("tells certificates of the same issuer apart by their serial number, and the other way round", async () => {
    const { issuer } = ALICE.certificate;
    const { serialNumber } = MALLORY.certificate;
    const sid = sequence(encoded(issuer.der), integer(serialNumber));
    expect(await judged({ signer: MALLORY, sid }, [ALICE, MALLORY])).toMatchObject({
      emails: ["mallory@evil.example"],
    });
    const otherRoot = certificate().subject("CN=Other Root").ca().build();
    const twin = certificate().email("alice@example.com").key("p-256").issuedBy(otherRoot);
    const sameSerial = twin.serialNumber(...serialNumber).build();
    expect(await judged({ signer: MALLORY }, [sameSerial, MALLORY])).toMatchObject({
      emails: ["mallory@evil.example"],
    });
  });

  it("is untrusted with a certificate of Mallory's making that has issuer and serial number of Alice's", async () => {
    const evilRoot = certificate().subject("CN=Practice Root").ca().build();
    const twin = certificate()
      .email("alice@example.com")
      .key("p-256")
      .issuedBy(evilRoot)
      .serialNumber(...ALICE.certificate.serialNumber)
      .build();
    expect(naivelyVerified(signedData({ content: TEXT, eContent: "attached", signers: [{ signer: twin }] }))).toEqual(
      TEXT,
    );
    for (const certificates of [[twin, ALICE], [ALICE, twin], [twin]]) {
      const { signature } = await judged({ signer: twin }, certificates);
      expect(["untrusted", "invalid"]).toContain(signature);
    }
  });

  it("is not spoiled by a certificate of Mallory's making that has issuer and serial number of Alice's", async () => {
    const twin = certificate()
      .email("alice@example.com")
      .key("p-256")
      .issuedBy(ROOT)
      .brokenSignature()
      .serialNumber(...ALICE.certificate.serialNumber)
      .build();
    for (const certificates of [
      [twin, ALICE],
      [ALICE, twin],
    ]) {
      expect(await judged({ signer: ALICE }, certificates)).toMatchObject({ signature: "valid", sender: "matches" });
    }
  });

  it("finds the right one of two certificates for one key by what the signature names", async () => {
    const renewed = certificate().email("alice@work.example").key(ALICE).issuedBy(ROOT).build();
    for (const certificates of [
      [renewed, ALICE],
      [ALICE, renewed],
    ]) {
      expect(await judged({ signer: ALICE }, certificates)).toMatchObject({ emails: ["alice@example.com"] });
    }
  });

  it("takes key identifiers as they stand in certificates", async () => {
    const without = certificate().email("alice@example.com").key(ALICE).withoutKeyIdentifiers().issuedBy(ROOT).build();
    expect((await judged({ signer: ALICE, sid: "key-identifier" }, [ALICE])).signature).toBe("valid");
    expect((await judged({ signer: ALICE, sid: "key-identifier" }, [without])).signature).toBe("unsupported");
  });

  it("takes no certificate that is not in DER, since its hash and its names could be read in two ways", async () => {
    const [tag = 0, , high = 0, low = 0, ...rest] = ALICE.der;
    const longer = { ...ALICE, der: Uint8Array.of(tag, 0x83, 0, high, low, ...rest) };
    expect(ALICE.der[1]).toBe(0x82);
    expect((await judged({ signer: ALICE }, [longer])).signature).toBe("unsupported");
    expect((await judged({ signer: ALICE }, [longer, ALICE])).signature).toBe("valid");
  });
});
