import { describe, expect, it } from "vitest";
import { certificate, type TestCertificate } from "../../testing/certificate-builder.ts";
import { ALICE, bytesOf, HEADER, identityOf, lines, open, ROOT, somebody, textOf } from "../../testing/mail-builder.ts";
import { opensslCms } from "../../testing/openssl-cms.ts";
import type { EncryptionOptions } from "./encrypt-entity.ts";
import { encryptMessage, protectMessage } from "./protect.ts";
import { HEADER_POLICIES } from "./header-policy.ts";

const MESSAGE = bytesOf(lines(...HEADER, "Content-Type: text/plain; charset=utf-8", "", "the secret text", ""));
const BOB = somebody("bob@example.com");
const CAROL = certificate().email("carol@example.com").issuedBy(ROOT).build();

function options(...owners: readonly TestCertificate[]): EncryptionOptions {
  const recipients = owners.map(({ certificate: each }) => each);
  return { recipients, cipher: "aes-256-cbc", keyTransport: { kind: "rsa-pkcs1" } };
}

const encrypt = (...owners: readonly TestCertificate[]) =>
  encryptMessage(MESSAGE, { ...options(...owners), headerPolicy: HEADER_POLICIES.none });

async function protect(wrapsTwice: boolean): Promise<Uint8Array> {
  const signing = {
    identity: await identityOf(ALICE),
    form: "clear",
    signingTime: new Date("2026-06-01T12:00:00Z"),
  } as const;
  return protectMessage(MESSAGE, {
    signing,
    encryption: options(BOB),
    headerPolicy: HEADER_POLICIES.baseline,
    wrapsTwice,
  });
}

/** What OpenSSL decrypts with this key; `null` where it cannot. */
function opensslDecrypts(message: Uint8Array, { pem, privateKeyPem }: TestCertificate): string | null {
  const files = { "in.eml": message, "cert.pem": pem, "key.pem": privateKeyPem };
  const plain = opensslCms(["-decrypt", "-in", "in.eml", "-recip", "cert.pem", "-inkey", "key.pem"], files);
  return plain && textOf(plain);
}

describe("what is encrypted", () => {
  it("is for its recipients and nobody else", async () => {
    const message = await encrypt(BOB, CAROL);
    for (const reader of [BOB, CAROL]) expect(opensslDecrypts(message, reader)).toContain("the secret text");
    const opened = await open(message, { identities: [await identityOf(ALICE)] });
    expect(opened.verdict).toMatchObject({ encryption: "cannot-decrypt", reasons: ["decrypt.no-key"] });
    expect(opened.content).toBeNull();
  });

  it("names each recipient once", async () => {
    const opened = await open(await encrypt(BOB, CAROL, BOB), { identities: [await identityOf(BOB)] });
    const [layer] = opened.layers;
    expect(layer && "recipients" in layer ? layer.recipients : []).toHaveLength(2);
  });

  it("has a key and an initialization vector of its own each time", async () => {
    const [first, second] = await Promise.all([encrypt(BOB), encrypt(BOB)]);
    expect(textOf(first)).not.toBe(textOf(second));
  });

  it("shows nothing of the text outside", async () => {
    expect(textOf(await encrypt(BOB))).not.toContain("secret");
  });

  it("is for somebody, and for certificates that may be encrypted to (RFC 8550 section 4.4.2)", async () => {
    await expect(encrypt()).rejects.toMatchObject({ code: "encrypt.no-recipient" });
    const signer = certificate().key("p-256").keyUsage("digitalSignature").issuedBy(ROOT).build();
    await expect(encrypt(BOB, signer)).rejects.toMatchObject({
      code: "encrypt.unusable-certificate",
      context: { reason: "key-usage", recipient: 1 },
    });
    const unrestricted = certificate().key("p-256").withoutKeyUsage().issuedBy(ROOT).build();
    expect(opensslDecrypts(await encrypt(unrestricted), unrestricted)).toContain("the secret text");
  });
});

describe("what is signed and encrypted", () => {
  it("is read by its recipients and by its signer", async () => {
    const message = await protect(false);
    for (const reader of [ALICE, BOB]) {
      const { verdict, layers } = await open(message, { identities: [await identityOf(reader)] });
      expect(verdict).toMatchObject({ signature: "valid", encryption: "unauthenticated", sender: "matches" });
      expect(layers.map(({ type }) => type)).toEqual(["enveloped-data", "multipart-signed"]);
    }
  });

  it("does not tell outside who signed, or the Subject where it is hidden", async () => {
    const text = textOf(await protect(false));
    expect(text).not.toContain("Subject: Practice");
    expect(text).toContain("Subject: [...]\r\n");
    expect(text).not.toContain("multipart/signed");
  });

  it("is signed inside and outside in a triple wrap (RFC 2634 section 1.1)", async () => {
    const message = await protect(true);
    const { verdict, layers } = await open(message, { identities: [await identityOf(BOB)] });
    expect(layers.map(({ type }) => type)).toEqual(["multipart-signed", "enveloped-data", "multipart-signed"]);
    expect(verdict).toMatchObject({ signature: "valid", encryption: "unauthenticated", sender: "matches" });
    expect(textOf(message)).not.toContain("Subject: Practice");
  });
});
