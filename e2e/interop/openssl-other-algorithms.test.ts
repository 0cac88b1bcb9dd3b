import { randomBytes } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { decodeTransfer } from "../../src/engine/mime/transfer-encoding.ts";
import { CIPHERS, type CipherName } from "../../src/engine/primitives/cipher-registry.ts";
import { HEADER_POLICIES } from "../../src/engine/smime/header-policy.ts";
import { type OpenedMessage, openMessage, type OpenOptions } from "../../src/engine/smime/open.ts";
import { encryptMessage, signMessage } from "../../src/engine/smime/protect.ts";
import { openssl, read, write } from "./openssl.ts";
import { BRAINPOOL, identityOf, makeCertificate, OTHER_KINDS } from "./other-keys.ts";
import { makePki, practiceAnchors } from "./pki.ts";

const TEXT = "Hello Bob,\r\nthis is it.\r\n";
const ENTITY = `Content-Type: text/plain\r\n\r\n${TEXT}`;

beforeAll(() => {
  makePki(["rsa2048", "p256"]);
  write("entity.txt", ENTITY);
  OTHER_KINDS.forEach(makeCertificate);
}, 120_000);

async function open(name: string, names: readonly string[], more: Partial<OpenOptions> = {}): Promise<OpenedMessage> {
  const identities = await Promise.all(names.map(identityOf));
  return openMessage(read(name), {
    identities,
    anchors: practiceAnchors(),
    intermediates: [],
    at: new Date(),
    ...more,
  });
}

function text({ content }: OpenedMessage): string {
  return content ? new TextDecoder().decode(decodeTransfer(content)) : "";
}

describe("what OpenSSL makes", () => {
  // OpenSSL 3.0 has no EdDSA in CMS: see bouncy-castle/other-keys.test.ts.
  it.each(BRAINPOOL)("signatures by %s are valid", async (kind) => {
    const signer = ["-signer", `${kind}.pem`, "-inkey", `${kind}.key`];
    openssl("cms", "-sign", "-in", "entity.txt", "-out", "signed.eml", ...signer, "-from", `${kind}@example.com`);
    expect((await open("signed.eml", [])).verdict).toMatchObject({ signature: "valid", sender: "matches" });
  });

  it.each(["sha224", "sha3-256", "sha3-512", "ripemd160"])("RSA signatures with %s are read", async (digest) => {
    const signer = ["-signer", "rsa2048.pem", "-inkey", "rsa2048.key", "-md", digest];
    openssl("cms", "-sign", "-in", "entity.txt", "-out", "signed.eml", ...signer, "-from", "rsa2048@example.com");
    const { verdict } = await open("signed.eml", []);
    expect(verdict.signature).toBe(digest === "ripemd160" ? "weak" : "valid");
  });

  it("RSA-PSS with another mask is valid", async () => {
    const pss = ["rsa_padding_mode:pss", "rsa_pss_saltlen:11", "rsa_mgf1_md:sha1"].flatMap((o) => ["-keyopt", o]);
    const signer = ["-signer", "rsa2048.pem", "-inkey", "rsa2048.key", "-md", "sha512", ...pss];
    openssl("cms", "-sign", "-in", "entity.txt", "-out", "signed.eml", ...signer, "-from", "rsa2048@example.com");
    expect((await open("signed.eml", [])).verdict.signature).toBe("valid");
  });

  it.each([...BRAINPOOL, "p256"])("encryption to %s with AES and 3DES is opened", async (kind) => {
    for (const cipher of ["-aes256", "-aes-192-gcm", "-des3"]) {
      openssl("cms", "-encrypt", "-in", "entity.txt", "-out", "sealed.eml", cipher, `${kind}.pem`);
      expect(text(await open("sealed.eml", [kind]))).toBe(TEXT);
    }
  });

  it("encryption with co-factor ECDH is opened", async () => {
    const options = ["-keyopt", "ecdh_cofactor_mode:1", "-keyopt", "ecdh_kdf_md:sha384"];
    openssl("cms", "-encrypt", "-in", "entity.txt", "-out", "sealed.eml", "-aes256", "-recip", "p256.pem", ...options);
    expect(text(await open("sealed.eml", ["p256"]))).toBe(TEXT);
  });

  it.each([
    ["-des", "des-cbc"],
    ["-rc2-40", "rc2-40-cbc"],
    ["-rc2-64", "rc2-64-cbc"],
    ["-rc2-128", "rc2-128-cbc"],
  ])("old mail with %s is opened, and said to be obsolete", async (flag, cipher) => {
    const legacy = ["-provider", "legacy", "-provider", "default"];
    openssl("cms", "-encrypt", "-in", "entity.txt", "-out", "sealed.eml", flag, ...legacy, "rsa2048.pem");
    const opened = await open("sealed.eml", ["rsa2048"]);
    expect(opened.layers).toMatchObject([{ cipher }]);
    expect(opened.verdict.reasons).toContain("obsolete-cipher");
    expect(text(opened)).toBe(TEXT);
  });

  it("encryption by a password is opened with it, and asks for it without", async () => {
    for (const cipher of ["-aes128", "-aes256", "-des3"]) {
      openssl("cms", "-encrypt", "-in", "entity.txt", "-out", "sealed.eml", cipher, "-pwri_password", "grüße");
      expect(text(await open("sealed.eml", [], { passwords: ["wrong", "grüße"] }))).toBe(TEXT);
      expect((await open("sealed.eml", [], { passwords: ["wrong"] })).verdict.reasons).toEqual(["decrypt.failed"]);
      expect((await open("sealed.eml", [])).verdict.reasons[0]).toBe("needs-password");
    }
  });

  it.each([16, 24, 32])("encryption by a shared key of %d octets is opened with it only", async (size) => {
    const key = randomBytes(size);
    const named = ["-secretkey", key.toString("hex"), "-secretkeyid", "0102"];
    openssl("cms", "-encrypt", "-in", "entity.txt", "-out", "sealed.eml", "-aes256", ...named);
    const withKey = (identifier: Uint8Array | null, octets: Uint8Array) =>
      open("sealed.eml", [], { keyEncryptionKeys: [{ identifier, key: octets }] });
    expect(text(await withKey(null, key))).toBe(TEXT);
    expect(text(await withKey(Uint8Array.of(1, 2), key))).toBe(TEXT);
    expect((await withKey(Uint8Array.of(9), key)).verdict.reasons).toEqual(["decrypt.no-key"]);
    expect((await withKey(null, randomBytes(size))).verdict.reasons).toEqual(["decrypt.failed"]);
    expect((await withKey(null, key.subarray(1))).verdict.reasons).toEqual(["decrypt.failed"]);
  });
});

describe("what we make", () => {
  it.each(BRAINPOOL)("OpenSSL finds signatures by %s good", async (kind) => {
    const identity = await identityOf(kind);
    for (const form of ["clear", "opaque"] as const) {
      const options = { identity, form, signingTime: new Date() };
      write("ours.eml", Buffer.from(await signMessage(Buffer.from(ENTITY), options)));
      openssl("cms", "-verify", "-in", "ours.eml", "-CAfile", "ca.pem", "-purpose", "any", "-out", "out.txt");
      expect(Buffer.from(read("out.txt")).toString()).toContain("this is it.");
    }
  });

  it.each(BRAINPOOL)("OpenSSL opens what is encrypted to %s", async (kind) => {
    const { certificate } = await identityOf(kind);
    for (const cipher of Object.keys(CIPHERS) as CipherName[]) {
      const options = {
        recipients: [certificate],
        cipher,
        keyTransport: { kind: "rsa-pkcs1" },
        headerPolicy: HEADER_POLICIES.none,
      } as const;
      write("ours.eml", Buffer.from(await encryptMessage(Buffer.from(ENTITY), options)));
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
        "out.txt",
      );
      expect(Buffer.from(read("out.txt")).toString()).toContain("this is it.");
    }
  });

  it.each(["x25519", "x448", "p256", "rsa2048"])(
    "we open what is encrypted to %s, with a derived key too",
    async (kind) => {
      const { certificate } = await identityOf(kind);
      for (const cipher of Object.keys(CIPHERS) as CipherName[]) {
        for (const derivesKey of [false, true]) {
          const options = {
            cipher,
            derivesKey,
            keyTransport: { kind: "rsa-pkcs1" },
            headerPolicy: HEADER_POLICIES.none,
          } as const;
          write(
            "ours.eml",
            Buffer.from(await encryptMessage(Buffer.from(ENTITY), { recipients: [certificate], ...options })),
          );
          expect(text(await open("ours.eml", [kind]))).toBe(TEXT);
        }
      }
    },
  );
});
