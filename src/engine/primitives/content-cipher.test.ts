import { createCipheriv, createDecipheriv, type CipherGCMTypes } from "node:crypto";
import { afterEach, describe, expect, it, vi } from "vitest";
import { concatBytes } from "../bytes/concat.ts";
import { toHex } from "../bytes/hex.ts";
import { utf8Bytes } from "../bytes/text.ts";
import { SmimeError } from "../errors.ts";
import {
  cipherByOid,
  cipherOid,
  CIPHERS,
  decryptContent,
  encryptCbc,
  encryptGcm,
  generateContentKey,
  generateIv,
  type CipherName,
} from "./content-cipher.ts";

const AES_CBC = ["aes-128-cbc", "aes-192-cbc", "aes-256-cbc"] as const;
const GCM = ["aes-128-gcm", "aes-192-gcm", "aes-256-gcm"] as const;
const PLAINTEXTS = [0, 1, 7, 8, 15, 16, 17, 1000].map((length) => new Uint8Array(length).fill(0x61));
const AAD = utf8Bytes("authenticated attributes");

function keyAndIv(name: CipherName) {
  return { cipher: CIPHERS[name], key: generateContentKey(CIPHERS[name]), iv: generateIv(CIPHERS[name]) };
}

/** Chromium has no AES-192: every import of such a key is refused. */
function withoutAes192() {
  const original = crypto.subtle.importKey.bind(crypto.subtle);
  const refusing = ((...args: Parameters<typeof original>) =>
    (args[1] as Uint8Array).length === 24
      ? Promise.reject(new Error("AES-192"))
      : original(...args)) as typeof original;
  vi.spyOn(crypto.subtle, "importKey").mockImplementation(refusing);
}

afterEach(() => {
  vi.restoreAllMocks();
});

async function encryptCbcWhole(...args: Parameters<typeof encryptCbc>): Promise<Uint8Array> {
  const { length, chunks } = encryptCbc(...args);
  const written: Uint8Array[] = [];
  for await (const chunk of chunks) written.push(chunk);
  const whole = concatBytes(...written);
  expect(whole.length).toBe(length);
  return whole;
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return "no error";
  } catch (error) {
    return error instanceof SmimeError ? error.message : `not an SmimeError: ${String(error)}`;
  }
}

describe("AES-CBC", () => {
  it.each(AES_CBC)("reads what OpenSSL wrote with %s and writes what it reads", async (name) => {
    const { cipher, key, iv } = keyAndIv(name);
    for (const plaintext of PLAINTEXTS) {
      const opensslCipher = createCipheriv(name, key, iv);
      const written = Buffer.concat([opensslCipher.update(plaintext), opensslCipher.final()]);
      expect(toHex(await decryptContent(cipher, key, { iv, tagLength: 0 }, written))).toBe(toHex(plaintext));
      expect(toHex(await encryptCbcWhole(cipher, key, iv, [plaintext]))).toBe(written.toString("hex"));
    }
  });

  it("does AES-192 where WebCrypto has none", async () => {
    const { cipher, key, iv } = keyAndIv("aes-192-cbc");
    for (const plaintext of PLAINTEXTS) {
      const expected = await encryptCbcWhole(cipher, key, iv, [plaintext]);
      withoutAes192();
      expect(await encryptCbcWhole(cipher, key, iv, [plaintext])).toEqual(expected);
      expect(await decryptContent(cipher, key, { iv, tagLength: 0 }, expected)).toEqual(plaintext);
      const altered = expected.slice(0, -1);
      expect(await codeOf(decryptContent(cipher, key, { iv, tagLength: 0 }, altered))).toBe("decrypt.failed {}");
      vi.restoreAllMocks();
    }
  });
});

describe("AES-GCM", () => {
  it.each(GCM)("reads what OpenSSL wrote with %s, with every length of tag, and writes what it reads", async (name) => {
    const { cipher, key, iv } = keyAndIv(name);
    const opensslName = `id-aes${name.slice(4, 7)}-GCM` as CipherGCMTypes;
    for (const plaintext of PLAINTEXTS) {
      const opensslCipher = createCipheriv(opensslName, key, iv);
      opensslCipher.setAAD(AAD);
      const ciphertext = Buffer.concat([opensslCipher.update(plaintext), opensslCipher.final()]);
      const tag = opensslCipher.getAuthTag();
      for (const tagLength of [12, 13, 14, 15, 16]) {
        const sealed = Buffer.concat([ciphertext, tag.subarray(0, tagLength)]);
        for (const isChromium of [false, true]) {
          if (isChromium) withoutAes192();
          expect(toHex(await decryptContent(cipher, key, { iv, tagLength }, sealed, AAD))).toBe(toHex(plaintext));
          vi.restoreAllMocks();
        }
      }
      const written = await encryptGcm(cipher, key, iv, plaintext, AAD);
      expect(toHex(written)).toBe(Buffer.concat([ciphertext, tag]).toString("hex"));
    }
  });

  it("encrypts with AES-192 where WebCrypto has none", async () => {
    const { cipher, key, iv } = keyAndIv("aes-192-gcm");
    withoutAes192();
    const sealed = await encryptGcm(cipher, key, iv, AAD, AAD);
    const decipher = createDecipheriv("aes-192-gcm", key, iv).setAAD(AAD).setAuthTag(sealed.subarray(-16));
    const opened = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
    expect(toHex(opened)).toBe(toHex(AAD));
  });

  it("reads nonces of other lengths than 12 octets", async () => {
    const { cipher, key } = keyAndIv("aes-256-gcm");
    for (const length of [13, 16, 64]) {
      const iv = new Uint8Array(length).fill(7);
      const opensslCipher = createCipheriv("aes-256-gcm", key, iv);
      const parts = [opensslCipher.update(AAD), opensslCipher.final(), opensslCipher.getAuthTag()];
      expect(await decryptContent(cipher, key, { iv, tagLength: 16 }, Buffer.concat(parts))).toEqual(AAD);
    }
  });
});

describe("DES-EDE3-CBC", () => {
  it("reads what OpenSSL wrote", async () => {
    const { cipher, key, iv } = keyAndIv("des-ede3-cbc");
    for (const plaintext of PLAINTEXTS) {
      const opensslCipher = createCipheriv("des-ede3-cbc", key, iv);
      const written = Buffer.concat([opensslCipher.update(plaintext), opensslCipher.final()]);
      expect(toHex(await decryptContent(cipher, key, { iv, tagLength: 0 }, written))).toBe(toHex(plaintext));
    }
  });

  it("is not written", () => {
    const { cipher, key, iv } = keyAndIv("des-ede3-cbc");
    expect(() => encryptCbc(cipher, key, iv, [AAD])).toThrow("unsupported.algorithm");
  });

  it("reads 25 MB within seconds", async () => {
    const { cipher, key, iv } = keyAndIv("des-ede3-cbc");
    const plaintext = new Uint8Array(25 * 1024 * 1024).fill(0x20);
    const opensslCipher = createCipheriv("des-ede3-cbc", key, iv);
    const written = Buffer.concat([opensslCipher.update(plaintext), opensslCipher.final()]);
    const opened = await decryptContent(cipher, key, { iv, tagLength: 0 }, written);
    expect(Buffer.compare(opened, plaintext)).toBe(0);
  }, 30_000);
});

describe("decryptContent", () => {
  it.each([...AES_CBC, "des-ede3-cbc"] as const)("has one error for everything wrong with %s", async (name) => {
    const { cipher, key, iv } = keyAndIv(name);
    const opensslCipher = createCipheriv(name, key, iv).setAutoPadding(false);
    const block = 2 * cipher.ivLength;
    const unpadded = Buffer.concat([opensslCipher.update(new Uint8Array(block)), opensslCipher.final()]);
    const tooMuch = createCipheriv(name, key, iv).setAutoPadding(false);
    const overlong = Buffer.concat([tooMuch.update(new Uint8Array(block).fill(cipher.ivLength + 1)), tooMuch.final()]);
    const parameters = { iv, tagLength: 0 };
    for (const ciphertext of [unpadded, overlong, unpadded.subarray(1), new Uint8Array(0), new Uint8Array(3)]) {
      expect(await codeOf(decryptContent(cipher, key, parameters, ciphertext))).toBe("decrypt.failed {}");
    }
    expect(await codeOf(decryptContent(cipher, key.subarray(1), parameters, unpadded))).toBe("decrypt.failed {}");
    expect(await codeOf(decryptContent(cipher, key, { iv: iv.subarray(1), tagLength: 0 }, unpadded))).toBe(
      "decrypt.failed {}",
    );
  });
});

describe("cipherByOid", () => {
  it("finds each cipher by its OID", () => {
    for (const cipher of Object.values(CIPHERS)) expect(cipherByOid(cipherOid(cipher))).toBe(cipher);
    expect(cipherByOid("1.2.840.113549.3.2")).toBeNull();
  });
});
