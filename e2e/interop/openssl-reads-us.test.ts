import { beforeAll, describe, expect, it } from "vitest";
import { decodeTransfer } from "../../src/engine/mime/transfer-encoding.ts";
import { parseEntity } from "../../src/engine/mime/parse.ts";
import type { CipherName } from "../../src/engine/primitives/cipher-registry.ts";
import { encryptMessage, protectMessage, signMessage } from "../../src/engine/smime/protect.ts";
import { openssl, read, write } from "./openssl.ts";
import { KEY_KINDS, type KeyKind, identity, makePki, messageFrom, textOf } from "./pki.ts";
import { HEADER_POLICIES } from "../../src/engine/smime/header-policy.ts";

const encoder = new TextEncoder();

beforeAll(() => {
  makePki();
});

function verifiedText(name: string, kind: KeyKind): string {
  openssl("cms", "-verify", "-in", name, "-CAfile", "ca.pem", "-out", "verified.txt");
  return entityText("verified.txt", kind);
}

function entityText(name: string, kind: KeyKind): string {
  const entity = parseEntity(read(name));
  expect(entity.header.some(({ value }) => value === `Practice <${kind}@example.com>`)).toBe(true);
  return new TextDecoder().decode(decodeTransfer(entity));
}

describe("OpenSSL verifies what we sign", () => {
  const digests = ["sha-256", "sha-384", "sha-512"] as const;
  const cases = KEY_KINDS.flatMap((kind) =>
    (["clear", "opaque"] as const).flatMap((form) => digests.map((digest) => [kind, form, digest] as const)),
  );

  it.each(cases)("%s, %s, %s", async (kind, form, digest) => {
    const options = { identity: await identity(kind), form, digest, signingTime: new Date() };
    write("ours.eml", await signMessage(encoder.encode(messageFrom(kind)), options));
    expect(verifiedText("ours.eml", kind)).toBe(textOf(kind));
  });

  it.each(digests)("RSA-PSS with %s", async (digest) => {
    const signer = await identity("rsa2048");
    const options = { identity: signer, form: "clear", digest, rsaScheme: "rsa-pss", signingTime: new Date() } as const;
    write("ours.eml", await signMessage(encoder.encode(messageFrom("rsa2048")), options));
    expect(verifiedText("ours.eml", "rsa2048")).toBe(textOf("rsa2048"));
  });

  it("and refuses it once a byte of it is changed", async () => {
    const options = { identity: await identity("rsa2048"), form: "clear", signingTime: new Date() } as const;
    const signed = new TextDecoder().decode(await signMessage(encoder.encode(messageFrom("rsa2048")), options));
    write("altered.eml", signed.replace("start of a line", "start of a Line"));
    expect(() => verifiedText("altered.eml", "rsa2048")).toThrow();
  });
});

describe("OpenSSL decrypts what we encrypt", () => {
  const ciphers: readonly CipherName[] = ["aes-128-cbc", "aes-192-cbc", "aes-256-cbc", "aes-128-gcm", "aes-256-gcm"];
  const cases = KEY_KINDS.flatMap((kind) => ciphers.map((cipher) => [kind, cipher] as const));

  it.each(cases)("to %s with %s", async (kind, cipher) => {
    const { certificate } = await identity(kind);
    const options = {
      recipients: [certificate],
      cipher,
      keyTransport: { kind: "rsa-pkcs1" },
      headerPolicy: HEADER_POLICIES.none,
    } as const;
    write("ours.eml", await encryptMessage(encoder.encode(messageFrom(kind)), options));
    decrypt(kind);
    expect(entityText("decrypted.txt", kind)).toBe(textOf(kind));
  });

  it.each(["sha-1", "sha-256", "sha-512"] as const)("with RSA-OAEP and %s", async (digest) => {
    const { certificate } = await identity("rsa2048");
    const keyTransport = { kind: "rsa-oaep", digest } as const;
    const options = {
      recipients: [certificate],
      cipher: "aes-256-cbc",
      keyTransport,
      headerPolicy: HEADER_POLICIES.none,
    } as const;
    write("ours.eml", await encryptMessage(encoder.encode(messageFrom("rsa2048")), options));
    decrypt("rsa2048");
    expect(entityText("decrypted.txt", "rsa2048")).toBe(textOf("rsa2048"));
  });

  it("signed and encrypted, by recipient and sender", async () => {
    await protect(false);
    for (const kind of ["rsa3072", "p256"] as const) {
      decrypt(kind);
      expect(verifiedText("decrypted.txt", "p256")).toBe(textOf("p256"));
    }
  });

  it("triple wrapped", async () => {
    await protect(true);
    openssl("cms", "-verify", "-in", "ours.eml", "-CAfile", "ca.pem", "-out", "unwrapped.eml");
    openssl(
      "cms",
      "-decrypt",
      "-in",
      "unwrapped.eml",
      "-recip",
      "rsa3072.pem",
      "-inkey",
      "rsa3072.key",
      "-out",
      "decrypted.txt",
    );
    expect(verifiedText("decrypted.txt", "p256")).toBe(textOf("p256"));
  });

  function decrypt(kind: KeyKind): void {
    openssl(
      "cms",
      "-decrypt",
      "-in",
      "ours.eml",
      "-recip",
      `${kind}.pem`,
      "-inkey",
      `${kind}.key`,
      "-out",
      "decrypted.txt",
    );
  }

  async function protect(wrapsTwice: boolean): Promise<void> {
    const [signer, recipient] = await Promise.all([identity("p256"), identity("rsa3072")]);
    const encryption = {
      recipients: [recipient.certificate],
      cipher: "aes-256-cbc",
      keyTransport: { kind: "rsa-pkcs1" },
    } as const;
    const signing = { identity: signer, form: "clear", signingTime: new Date() } as const;
    const options = { signing, encryption, headerPolicy: HEADER_POLICIES.baseline, wrapsTwice };
    write("ours.eml", await protectMessage(encoder.encode(messageFrom("p256")), options));
    expect(new TextDecoder().decode(read("ours.eml"))).toContain("Subject: [...]\r\n");
  }
});
