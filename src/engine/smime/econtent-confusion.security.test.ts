import { describe, expect, it } from "vitest";
import { signedData } from "../../testing/cms-builder.ts";
import { ALICE, clearSigned, MALLORY, open, textEntity, textOf } from "../../testing/mail-builder.ts";
import { naivelyVerified } from "../../testing/openssl-cms.ts";

const ALICES_TEXT = textEntity("I pay nothing.");
const OTHER_TEXT = textEntity("I pay everything.");

async function outcome(message: Uint8Array) {
  const { verdict, parts } = await open(message);
  return { signature: verdict.signature, reasons: verdict.reasons, covered: parts.map(({ covered }) => covered) };
}

const REFUSED = {
  signature: "invalid",
  reasons: expect.arrayContaining(["two-contents"]) as string[],
  covered: ["none"],
};

describe("attack 1: eContent confusion in multipart/signed (CVE-2018-18509, CVE-2019-7284)", () => {
  it("refuses a p7s whose own eContent is what was signed, beside another text", async () => {
    const cms = signedData({ content: ALICES_TEXT, eContent: "attached", signers: [{ signer: ALICE }] });
    // The naive check takes the signature part for itself, and the text beside it is shown.
    expect(textOf(naivelyVerified(cms) ?? new Uint8Array())).toBe(textOf(ALICES_TEXT));
    expect(await outcome(clearSigned(OTHER_TEXT, cms))).toEqual(REFUSED);
  });

  it("refuses a p7s whose own eContent is another one than the text that was signed", async () => {
    const cms = signedData({ content: ALICES_TEXT, eContent: OTHER_TEXT, signers: [{ signer: ALICE }] });
    // The naive check verifies the text of the message, and the eContent is shown.
    expect(naivelyVerified(cms, ALICES_TEXT)).not.toBeNull();
    expect(await outcome(clearSigned(ALICES_TEXT, cms))).toEqual(REFUSED);
  });

  it("refuses a p7s whose own eContent is the same text", async () => {
    const cms = signedData({ content: ALICES_TEXT, eContent: "attached", signers: [{ signer: ALICE }] });
    expect(await outcome(clearSigned(ALICES_TEXT, cms))).toEqual(REFUSED);
  });

  it("refuses an empty eContent", async () => {
    const cms = signedData({ content: ALICES_TEXT, eContent: new Uint8Array(0), signers: [{ signer: ALICE }] });
    expect(await outcome(clearSigned(ALICES_TEXT, cms))).toEqual(REFUSED);
  });

  it("says the same of every signer", async () => {
    const cms = signedData({
      content: ALICES_TEXT,
      eContent: "attached",
      signers: [{ signer: ALICE }, { signer: MALLORY }],
    });
    const [layer] = (await open(clearSigned(ALICES_TEXT, cms))).layers;
    const integrities = layer && "signers" in layer ? layer.signers.map(({ integrity }) => integrity) : [];
    expect(integrities).toEqual(Array(2).fill({ status: "invalid", reason: "two-contents" }));
  });

  it("refuses a bare signature with an eContent that is opened beside another content", async () => {
    const cms = signedData({ content: ALICES_TEXT, eContent: "attached", signers: [{ signer: ALICE }] });
    expect((await open(cms)).verdict.signature).toBe("valid");
    const { verdict } = await open(cms, { detachedContent: OTHER_TEXT });
    expect(verdict.signature).toBe("invalid");
    expect(verdict.reasons[0]).toBe("two-contents");
  });

  it("takes a detached content for the outermost layer only", async () => {
    const detached = signedData({ content: OTHER_TEXT, eContent: "detached", signers: [{ signer: ALICE }] });
    const outer = signedData({ content: detached, eContent: "detached", signers: [{ signer: ALICE }] });
    const opened = await open(outer, { detachedContent: detached });
    expect(opened.layers.map((layer) => layer.covered !== null)).toEqual([true, false]);
    expect(opened.content).toBeNull();
  });
});
