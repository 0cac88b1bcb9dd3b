import { describe, expect, it } from "vitest";
import { certificate } from "../../testing/certificate-builder.ts";
import { signedData } from "../../testing/cms-builder.ts";
import { envelope } from "../../testing/envelope-builder.ts";
import {
  ALICE,
  bytesOf,
  clearSigned,
  HEADER,
  identityOf,
  lines,
  MALLORY,
  open,
  opaque,
  ROOT,
  signedMail,
  textEntity,
  textOf,
} from "../../testing/mail-builder.ts";
import { protectMessage } from "./protect.ts";
import { HEADER_POLICIES } from "./header-policy.ts";

const BOB = certificate().subject("CN=Bob").email("bob@example.com").key("rsa-2048").issuedBy(ROOT).build();
const identities = [await identityOf(BOB)];
const TEXT = textEntity("Meet me at noon.");
const OTHER = textEntity("another text");

const NONE: readonly string[] = [];
const encrypt = (content: Uint8Array, header = NONE) => opaque(envelope({ content, recipient: BOB }), header);
const clear = (content: Uint8Array, signer = ALICE, header = NONE) => signedMail(content, { signer }, { header });
const wrap = (content: Uint8Array, signer = ALICE, header = NONE) =>
  opaque(signedData({ content, eContent: "attached", signers: [{ signer }] }), header);
const broken = (content: Uint8Array, header = NONE) => signedMail(content, { digestOf: OTHER }, { header });

async function found(message: Uint8Array) {
  const { verdict, layers, parts } = await open(message, { identities });
  return {
    verdict: `${verdict.signature} ${verdict.encryption} ${verdict.sender}`,
    layers: layers.map(({ type }) => type).join(" "),
    reasons: verdict.reasons,
    covered: parts.map(({ covered }) => covered).join(" "),
  };
}

describe("attack 64: a signature around an encryption counts for its content (RFC 9787 section 4.4)", () => {
  it.each([
    ["clear", clear(encrypt(TEXT), ALICE, HEADER)],
    ["opaque", wrap(encrypt(TEXT), ALICE, HEADER)],
    ["twice", clear(wrap(encrypt(TEXT)), ALICE, HEADER)],
  ])("does not: Alice signed a ciphertext that anybody may have made, %s", async (_name, message) => {
    const { verdict, covered, reasons } = await found(message);
    expect(verdict).toBe("none unauthenticated none");
    expect(covered).toBe("encrypted");
    expect(reasons).toContain("signature-outside-encryption");
  });

  it("counts inside the encryption", async () => {
    expect((await found(encrypt(clear(TEXT), HEADER))).verdict).toBe("valid unauthenticated matches");
    expect((await found(encrypt(wrap(TEXT), HEADER))).verdict).toBe("valid unauthenticated matches");
    expect((await found(encrypt(clear(TEXT), HEADER))).covered).toBe("signed+encrypted");
  });

  it("is not mended by a valid signature outside", async () => {
    expect((await found(clear(encrypt(broken(TEXT)), ALICE, HEADER))).verdict).toBe("invalid unauthenticated matches");
    expect((await found(wrap(encrypt(broken(TEXT)), ALICE, HEADER))).covered).toBe("encrypted");
    expect((await found(wrap(broken(TEXT), ALICE, HEADER))).verdict).toMatch(/^invalid/);
  });

  it("is the inner one in a triple wrap, whoever signed outside", async () => {
    expect((await found(clear(encrypt(clear(TEXT)), ALICE, HEADER))).verdict).toBe("valid unauthenticated matches");
    expect((await found(clear(encrypt(clear(TEXT)), MALLORY, HEADER))).verdict).toBe("valid unauthenticated matches");
    expect((await found(clear(encrypt(clear(TEXT, MALLORY)), ALICE, HEADER))).verdict).toBe(
      "valid unauthenticated differs",
    );
    expect((await found(broken(encrypt(clear(TEXT)), HEADER))).verdict).toBe("valid unauthenticated matches");
  });

  it("does not count between two encryptions", async () => {
    const { verdict, layers } = await found(encrypt(clear(encrypt(TEXT)), HEADER));
    expect(verdict).toBe("none unauthenticated none");
    expect(layers).toBe("enveloped-data multipart-signed enveloped-data");
  });

  it("says nothing of a ciphertext that cannot be read", async () => {
    const carol = certificate().subject("CN=Carol").key("rsa-2048").issuedBy(ROOT).build();
    const closed = opaque(envelope({ content: clear(TEXT), recipient: carol }), NONE);
    expect((await found(clear(closed, ALICE, HEADER))).verdict).toBe("none cannot-decrypt none");
  });

  it("does not count where two people signed around one another", async () => {
    expect((await found(clear(clear(TEXT, MALLORY), ALICE, HEADER))).verdict).not.toBe("valid none matches");
    expect((await found(wrap(clear(TEXT, ALICE), MALLORY, HEADER))).verdict).not.toBe("valid none matches");
  });

  it("is the inner one in what we wrap three times", async () => {
    const alice = await identityOf(ALICE);
    const mail = bytesOf(lines(...HEADER, "Content-Type: text/plain", "", "Hello", ""));
    const written = await protectMessage(mail, {
      signing: { identity: alice, form: "clear", signingTime: new Date("2026-06-01T12:00:00Z") },
      encryption: { recipients: [BOB.certificate], cipher: "aes-256-cbc", keyTransport: { kind: "rsa-pkcs1" } },
      headerPolicy: HEADER_POLICIES.baseline,
      wrapsTwice: true,
    });
    const { verdict, layers } = await found(written);
    expect(verdict).toBe("valid unauthenticated matches");
    expect(layers).toBe("multipart-signed enveloped-data multipart-signed");
  });
});

describe("attack 64: S/MIME that is not the root of the message", () => {
  const mixed = (...parts: readonly Uint8Array[]) =>
    lines(
      "Content-Type: multipart/mixed; boundary=mix",
      "",
      ...parts.flatMap((part) => ["--mix", textOf(part)]),
      "--mix--",
      "",
    );

  it("does not decrypt a part of a multipart, nor say that the message is encrypted", async () => {
    const message = bytesOf(lines(...HEADER, mixed(TEXT, encrypt(TEXT), TEXT)));
    const opened = await open(message, { identities });
    expect(opened.verdict).toEqual({ signature: "none", encryption: "none", sender: "none", reasons: [] });
    expect(opened.layers).toEqual([]);
    expect(opened.nested.map(({ path, type, opened: inner }) => [path, type, inner])).toEqual([
      ["2", "enveloped-data", null],
    ]);
  });

  it("does not decrypt a part inside a signed or an encrypted message", async () => {
    const inside = bytesOf(mixed(TEXT, encrypt(TEXT)));
    for (const message of [clear(inside, ALICE, HEADER), encrypt(inside, HEADER)]) {
      const opened = await open(message, { identities });
      expect(opened.layers).toHaveLength(1);
      expect(opened.nested).toHaveLength(1);
      expect(opened.parts.map(({ entity }) => textOf(entity.bytes)).join()).toContain("application/pkcs7-mime");
    }
  });

  it("takes multipart/signed with one part, three parts, or a first part that is the signature, for no signature", async () => {
    const signed = textOf(clear(TEXT, ALICE, HEADER));
    const [, text = "", signature = ""] = signed.split("--sig\r\n");
    const head = signed.slice(0, signed.indexOf("--sig"));
    const end = "--sig--\r\n";
    const shapes = {
      one: `${head}--sig\r\n${text}${end}`,
      three: `${head}--sig\r\n${text}--sig\r\nContent-Type: text/plain\r\n\r\nMore\r\n--sig\r\n${signature}`,
      appended: `${head}--sig\r\n${text}--sig\r\n${signature.replace(end, "")}--sig\r\n\r\nMore\r\n${end}`,
      turned: `${head}--sig\r\n${signature.replace(end, "")}--sig\r\n${text}${end}`,
    };
    for (const shape of Object.values(shapes)) {
      const opened = await open(bytesOf(shape));
      expect(opened.verdict).toMatchObject({ signature: "none", sender: "none" });
      expect(opened.parts.every(({ covered }) => covered === "none")).toBe(true);
    }
  });

  it("shows neither preamble nor epilogue of multipart/signed", async () => {
    const signed =
      textOf(clear(TEXT, ALICE, HEADER)).replace("\r\n--sig\r\n", "\r\nPay now!\r\n--sig\r\n") + "Pay later!\r\n";
    const opened = await open(bytesOf(signed));
    expect(opened.verdict.signature).toBe("valid");
    expect(opened.parts.map(({ entity }) => textOf(entity.bytes))).toEqual([textOf(TEXT)]);
  });

  it("counts the first of two Content-Type fields, and what it shows is what was signed", async () => {
    const html = "Content-Type: text/html";
    for (const header of [
      [...HEADER, html],
      [html, ...HEADER],
    ]) {
      const opened = await open(
        clearSigned(TEXT, signedData({ content: TEXT, eContent: "detached", signers: [{ signer: ALICE }] }), header),
      );
      const shown = opened.parts.map(({ entity, covered }) => [covered, textOf(entity.bytes)]);
      if (opened.verdict.signature !== "none") expect(shown).toEqual([["signed", textOf(TEXT)]]);
      else expect(shown.every(([covered]) => covered === "none")).toBe(true);
    }
  });
});
