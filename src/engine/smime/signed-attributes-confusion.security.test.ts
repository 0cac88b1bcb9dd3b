import { describe, expect, it } from "vitest";
import { ContentType } from "../asn1/oids.ts";
import { signedAttrs, signedData, type SignerRecipe, usualAttributes } from "../../testing/cms-builder.ts";
import {
  ALICE,
  bytesOf,
  clearSigned,
  open,
  opaque,
  signedMail,
  textEntity,
  verdictOf,
} from "../../testing/mail-builder.ts";
import { naivelyVerified } from "../../testing/openssl-cms.ts";
import { signTbs } from "../../testing/certificate-signature.ts";

const TEXT = textEntity("Hello");

/** Alice's signedAttrs of some mail, as her signature covers them, and that signature. */
function replayed(): { content: Uint8Array; recipe: SignerRecipe } {
  const attributes = signedAttrs(usualAttributes(TEXT, { signer: ALICE }));
  const content = Uint8Array.of(0x31, ...attributes.subarray(1));
  const signature = signTbs(ALICE.privateKey, "sha-256", content);
  return { content, recipe: { signer: ALICE, attributes: null, signature } };
}

describe("attack 2: signed attributes passed off as content (draft-ietf-lamps-cms-euf-cma-signeddata)", () => {
  const { content, recipe } = replayed();
  const refused = {
    signature: "invalid",
    reasons: expect.arrayContaining(["content-is-signed-attributes"]) as string[],
  };

  it("refuses attributes of another message as an attached content", async () => {
    const cms = signedData({ content, eContent: "attached", signers: [recipe] });
    expect(naivelyVerified(cms)).toEqual(content);
    expect((await open(opaque(cms))).verdict).toMatchObject(refused);
  });

  it("refuses them as a detached content", async () => {
    const cms = signedData({ content, eContent: "detached", signers: [recipe] });
    expect(naivelyVerified(cms, content)).toEqual(content);
    expect((await open(clearSigned(content, cms))).verdict).toMatchObject(refused);
    expect((await open(cms, { detachedContent: content })).verdict).toMatchObject(refused);
  });

  it("refuses a content with attributes that names a text of the attacker's, signed without attributes", async () => {
    // Alice signed, without attributes, bytes that Mallory gave her; used as attributes they vouch for any text.
    const forged = textEntity("Forged");
    const given = signedAttrs(usualAttributes(forged, { signer: ALICE }));
    const gaveAway = { signer: ALICE, attributes: null } as const;
    const original = signedData({
      content: Uint8Array.of(0x31, ...given.subarray(1)),
      eContent: "attached",
      signers: [gaveAway],
    });
    // What Alice signed is told apart where it is seen; where it is not, nobody can.
    expect((await open(opaque(original))).verdict).toMatchObject(refused);
  });

  it.each([
    ["a text", TEXT],
    ["a text that begins with a digit 1", bytesOf("1. first\r\n2. second")],
    ["a SET of no attributes", Uint8Array.of(0x31, 0)],
    ["a SET that ends early", Uint8Array.of(0x31, 0x10, 0x30, 0)],
  ])("lets %s be signed without attributes (RFC 5652 section 5.3)", async (_name, allowed) => {
    expect(await verdictOf(signedMail(allowed, { attributes: null }))).toBe("valid none matches");
  });

  it("refuses a signature without attributes over another type than id-data", async () => {
    const signer = { signer: ALICE, attributes: null };
    const eContentType = "1.2.840.113549.1.9.16.1.4";
    const cms = signedData({ content: TEXT, eContent: "detached", eContentType, signers: [signer] });
    expect(naivelyVerified(cms, TEXT)).toEqual(TEXT);
    expect(await verdictOf(clearSigned(TEXT, cms))).toBe("invalid none matches");
  });

  it("refuses what was signed as something else than a text, a time stamp say, beside a text", async () => {
    const eContentType = "1.2.840.113549.1.9.16.1.4";
    const signer = { signer: ALICE, contentType: eContentType };
    const cms = signedData({ content: TEXT, eContent: "detached", eContentType, signers: [signer] });
    expect(naivelyVerified(cms, TEXT)).toEqual(TEXT);
    const { verdict } = await open(clearSigned(TEXT, cms));
    expect(verdict).toMatchObject({
      signature: "invalid",
      reasons: expect.arrayContaining(["content-type-mismatch"]) as string[],
    });
  });

  it("demands contentType and messageDigest of signed attributes", async () => {
    const [contentType, messageDigest, signingTime] = usualAttributes(TEXT, { signer: ALICE });
    for (const left of [[messageDigest], [contentType], [signingTime], []]) {
      const attributes = left.filter((attribute) => attribute !== undefined);
      const { verdict } = await open(signedMail(TEXT, { attributes }));
      expect(verdict).toMatchObject({ signature: "invalid" });
      expect(verdict.reasons[0]).toBe("required-attribute-missing");
    }
  });

  it("demands that contentType is the one of the content", async () => {
    const { verdict } = await open(signedMail(TEXT, { contentType: ContentType.signedData }));
    expect(verdict.reasons[0]).toBe("content-type-mismatch");
  });
});
