import { describe, expect, it } from "vitest";
import { MAX_SMIME_LAYERS } from "../limits.ts";
import { signedData } from "../../testing/cms-builder.ts";
import {
  ALICE,
  bytesOf,
  clearSigned,
  HEADER,
  lines,
  open,
  opaque,
  signedMail,
  textEntity,
  textOf,
} from "../../testing/mail-builder.ts";

const TEXT = textEntity("text");
const wrap = (content: Uint8Array) => signedData({ content, eContent: "attached", signers: [{ signer: ALICE }] });

function wrapped(depth: number): Uint8Array {
  let content = TEXT;
  for (let i = 1; i < depth; i++) content = opaque(wrap(content), []);
  return opaque(wrap(content));
}

describe("peeling layers", () => {
  it.each([1, 2, 3, MAX_SMIME_LAYERS])("takes off %d layers", async (depth) => {
    const { layers, content, verdict } = await open(wrapped(depth));
    expect(layers).toHaveLength(depth);
    expect(content && textOf(content.bytes)).toBe(textOf(TEXT));
    expect(verdict).toMatchObject({ signature: "valid", sender: "matches" });
  });

  it("stops at the limit", async () => {
    await expect(open(wrapped(MAX_SMIME_LAYERS + 1))).rejects.toMatchObject({ code: "limit.exceeded" });
  });

  it("takes CMS directly inside CMS for a layer", async () => {
    const { layers, content } = await open(wrap(wrap(TEXT)));
    expect(layers.map(({ type }) => type)).toEqual(["signed-data", "signed-data"]);
    expect(content && textOf(content.bytes)).toBe(textOf(TEXT));
  });

  it("reads DER, PEM, an entity, a message and an mbox alike", async () => {
    const der = wrap(TEXT);
    const base64 = (
      Buffer.from(der)
        .toString("base64")
        .match(/.{1,64}/g) ?? []
    ).join("\n");
    const pem = (label: string) => bytesOf(`-----BEGIN ${label}-----\n${base64}\n-----END ${label}-----\n`);
    for (const form of [der, pem("CMS"), pem("PKCS7"), opaque(der, []), opaque(der)]) {
      expect((await open(form)).verdict.signature).toBe("valid");
    }
    const mbox = bytesOf(`From alice@example.com Mon Jun  1 12:00:00 2026\r\n${textOf(opaque(der))}`);
    expect((await open(mbox)).verdict).toMatchObject({ signature: "valid", sender: "matches" });
  });

  it("takes the sender of a bare entity from what is protected, and of a message from its header", async () => {
    const entity = bytesOf(lines('Content-Type: text/plain; hp="clear"', "From: alice@example.com", "", "text"));
    expect((await open(signedMail(entity, {}, { header: ["MIME-Version: 1.0"] }))).verdict.sender).toBe("matches");
    expect((await open(wrap(entity))).verdict.sender).toBe("matches");
    expect((await open(signedMail(entity, {}, { header: ["Subject: x"] }))).verdict.sender).toBe("no-address");
    expect((await open(wrap(TEXT))).verdict.sender).toBe("no-address");
  });

  it("leaves a message without S/MIME as it is", async () => {
    const message = bytesOf(lines(...HEADER, "Content-Type: text/plain", "", "text"));
    const { layers, content, parts } = await open(message);
    expect(layers).toEqual([]);
    expect(content && textOf(content.body)).toBe("text");
    expect(parts.map(({ covered }) => covered)).toEqual(["none"]);
  });

  it("keeps the text readable beside a signature that is none", async () => {
    const { verdict, content } = await open(clearSigned(TEXT, bytesOf("no signature")));
    expect(verdict).toMatchObject({ signature: "invalid", sender: "none" });
    expect(content && textOf(content.bytes)).toBe(textOf(TEXT));
  });

  it("verifies a detached signature beside its content, with the line ends that it had when it was signed", async () => {
    const text = bytesOf("Content-Type: text/plain\r\n\r\nline\r\n");
    const cms = signedData({ content: text, eContent: "detached", signers: [{ signer: ALICE }] });
    for (const detachedContent of [text, bytesOf(textOf(text).replaceAll("\r\n", "\n"))]) {
      const { verdict, content } = await open(cms, { detachedContent });
      expect(verdict.signature).toBe("valid");
      expect(content && textOf(content.bytes)).toBe(textOf(text));
    }
    expect((await open(cms, { detachedContent: TEXT })).verdict.signature).toBe("invalid");
  });

  it("gives an error for a root that says to be S/MIME and is not", async () => {
    await expect(open(opaque(bytesOf("no CMS")))).rejects.toMatchObject({ code: "malformed.cms" });
  });
});
