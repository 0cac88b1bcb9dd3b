import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { ALICE, bytesOf, clearSigned, MALLORY, opaque, somebody, textEntity } from "../../testing/mail-builder.ts";
import { signedData } from "../../testing/cms-builder.ts";
import { SmimeError } from "../errors.ts";
import { encryptEntity } from "./encrypt-entity.ts";
import { checkEncrypted, checkSigned } from "./self-check.ts";
import { joinEntity } from "./smime-entity.ts";

const PAYLOAD = textEntity("Hello");
const OTHER = textEntity("Hullo");
const digestOf = (payload: Uint8Array) => new Uint8Array(createHash("sha256").update(payload).digest());

const expected = { payload: [PAYLOAD], digest: "sha-256", messageDigest: digestOf(PAYLOAD) } as const;

/** "passes", or what did not. */
async function outcome(check: Promise<unknown>): Promise<unknown> {
  try {
    await check;
    return "passes";
  } catch (error) {
    if (error instanceof SmimeError && error.code === "write.self-check-failed") return error.context["what"];
    throw error;
  }
}

const signature = (content: Uint8Array, ...signers: readonly (typeof ALICE)[]) =>
  signedData({ content, eContent: "detached", signers: signers.map((signer) => ({ signer })) });

describe("a signed message read back", () => {
  it("passes where it holds what was to be signed, clear or opaque", async () => {
    expect(await outcome(checkSigned(clearSigned(PAYLOAD, signature(PAYLOAD, ALICE)), expected))).toBe("passes");
    const enclosed = signedData({ content: PAYLOAD, eContent: "attached", signers: [{ signer: ALICE }] });
    expect(await outcome(checkSigned(opaque(enclosed), expected))).toBe("passes");
  });

  it.each([
    ["another content", "content", () => clearSigned(OTHER, signature(OTHER, ALICE))],
    ["a signature of another content", "signature", () => clearSigned(PAYLOAD, signature(OTHER, ALICE))],
    ["a second signature", "signature", () => clearSigned(PAYLOAD, signature(PAYLOAD, ALICE, MALLORY))],
    ["no signature", "signature", () => clearSigned(PAYLOAD, signature(PAYLOAD))],
    [
      "a content in two places",
      "content",
      () => clearSigned(PAYLOAD, signedData({ content: PAYLOAD, eContent: "attached", signers: [{ signer: ALICE }] })),
    ],
  ])("fails for %s", async (_name, what, message) => {
    expect(await outcome(checkSigned(message(), expected))).toBe(what);
  });
});

describe("an encrypted message read back", async () => {
  const [bob, carol] = [somebody("bob@example.com").certificate, somebody("carol@example.com").certificate];
  const options = { recipients: [bob], cipher: "aes-256-gcm", keyTransport: { kind: "rsa-pkcs1" } } as const;
  const { entity, recipients, contentKey } = await encryptEntity([PAYLOAD], options);
  const message = await joinEntity(bytesOf("MIME-Version: 1.0\r\n"), ...entity);
  const asked = { recipients, contentKey, payload: [PAYLOAD] };

  it("passes where it holds what went in, for whom it was meant", async () => {
    expect(await outcome(checkEncrypted(message, asked))).toBe("passes");
    const inPieces = [PAYLOAD.subarray(0, 3), PAYLOAD.subarray(3)];
    expect(await outcome(checkEncrypted(message, { ...asked, payload: inPieces }))).toBe("passes");
  });

  it.each([
    ["another recipient", "recipients", { recipients: [carol] }],
    ["a recipient too few", "recipients", { recipients: [bob, carol] }],
    ["a recipient too many", "recipients", { recipients: [] }],
    ["another content", "content", { payload: [OTHER] }],
    ["a longer content", "content", { payload: [PAYLOAD, bytesOf("x")] }],
    ["a shorter content", "content", { payload: [PAYLOAD.subarray(0, -1)] }],
  ])("fails for %s", async (_name, what, change) => {
    expect(await outcome(checkEncrypted(message, { ...asked, ...change }))).toBe(what);
  });
});
