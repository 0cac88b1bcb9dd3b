import { describe, expect, it } from "vitest";
import { signedData } from "../../testing/cms-builder.ts";
import { ALICE, clearSigned, open, opaque, signedMail, textEntity } from "../../testing/mail-builder.ts";
import { opensslCms } from "../../testing/openssl-cms.ts";

const TEXT = textEntity("Hello");

describe("attack 4: SignedData without signers or certificates", () => {
  const empty = { content: TEXT, signers: [] } as const;
  const forms = [
    ["opaque, with Alice's certificate", opaque(signedData({ ...empty, eContent: "attached", certificates: [ALICE] }))],
    ["opaque, without certificates", opaque(signedData({ ...empty, eContent: "attached" }))],
    [
      "clear, with Alice's certificate",
      clearSigned(TEXT, signedData({ ...empty, eContent: "detached", certificates: [ALICE] })),
    ],
    [
      "clear, with an eContent",
      clearSigned(TEXT, signedData({ ...empty, eContent: "attached", certificates: [ALICE] })),
    ],
  ] as const;

  it.each(forms)("is not signed: %s", async (_name, message) => {
    const opened = await open(message);
    expect(opened.verdict).toMatchObject({ signature: "none", sender: "none" });
    expect(opened.verdict.reasons).toContain("no-signers");
    expect(opened.parts.map(({ covered }) => covered)).toEqual(["none"]);
  });

  it("names what it carries, which nobody has signed for; a signed message has no such list", async () => {
    const certificates = { ...empty, eContent: "attached", certificates: [ALICE] } as const;
    const [layer] = (await open(opaque(signedData(certificates)))).layers;
    expect(layer).toMatchObject({ signers: [], certificates: [ALICE.der] });
    expect((await open(signedMail(TEXT))).layers[0]).not.toHaveProperty("certificates");
  });

  it("is read without complaint by whoever asks for the structure only", () => {
    const cms = signedData({ ...empty, eContent: "attached", certificates: [ALICE] });
    expect(opensslCms(["-cmsout", "-inform", "DER", "-in", "cms"], { cms })).not.toBeNull();
  });

  it("adds nothing to what is inside it", async () => {
    const inner = signedMail(TEXT, { digestOf: textEntity("another text") }, { header: [] });
    const cms = signedData({ content: inner, eContent: "attached", signers: [], certificates: [ALICE] });
    expect((await open(opaque(cms))).verdict.signature).not.toMatch(/^valid/);
  });

  it("is unsupported with a signer whose certificate nobody has, and valid where it is known from elsewhere", async () => {
    const message = signedMail(TEXT, {}, { certificates: [] });
    const { verdict } = await open(message);
    expect(verdict).toMatchObject({ signature: "unsupported", sender: "no-address" });
    expect(verdict.reasons).toContain("signer-certificate-missing");
    const known = await open(message, { intermediates: [ALICE.certificate] });
    expect(known.verdict).toMatchObject({ signature: "valid", sender: "matches" });
  });

  it("is not the same as a signature that stands alone, whose signer is named and not believed", async () => {
    const opened = await open(signedData({ content: TEXT, eContent: "detached", signers: [{ signer: ALICE }] }));
    expect(opened.verdict).toMatchObject({ signature: "unsupported", sender: "no-address" });
    expect(opened.verdict.reasons[0]).toBe("content-missing");
    expect(opened.layers).toMatchObject([{ covered: null, signers: [{ emails: ["alice@example.com"] }] }]);
    expect(opened.content).toBeNull();
    const certificates = await open(signedData({ ...empty, eContent: "detached", certificates: [ALICE] }));
    expect(certificates.verdict).toMatchObject({ signature: "none", reasons: ["no-signers"] });
  });

  it("is not signed with nothing in the signature part", async () => {
    expect((await open(clearSigned(TEXT, new Uint8Array(0)))).verdict).toMatchObject({
      signature: "invalid",
      sender: "none",
      reasons: expect.arrayContaining(["malformed-signature"]) as string[],
    });
  });
});
