import { execFileSync } from "node:child_process";
import { createCipheriv, createDecipheriv, type CipherGCMTypes } from "node:crypto";
import { afterEach, describe, expect, it, vi } from "vitest";
import { concatBytes } from "../bytes/concat.ts";
import { fromHex, toHex } from "../bytes/hex.ts";
import { utf8Bytes } from "../bytes/text.ts";
import { SmimeError } from "../errors.ts";
import {
  cipherByOid,
  cipherOid,
  CIPHERS,
  type CipherName,
  isObsoleteCipher,
  keyLengths,
  rc2Cipher,
} from "./cipher-registry.ts";
import { decryptContent, encryptCbc, encryptGcm, generateContentKey, generateIv } from "./content-cipher.ts";
import { decryptRc2Cbc } from "./rc2.ts";

const AES_CBC = ["aes-128-cbc", "aes-192-cbc", "aes-256-cbc"] as const;
const GCM = ["aes-128-gcm", "aes-192-gcm", "aes-256-gcm"] as const;
const TRIPLE_DES = cipherByOid("1.2.840.113549.3.7")!;
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

/** OpenSSL's programs, since Node's keeps them apart: DES and RC2 in its legacy provider. */
function opensslEncrypt(name: string, key: Uint8Array, iv: Uint8Array, plaintext: Uint8Array): Uint8Array {
  const words = ["enc", `-${name}`, "-K", toHex(key), "-iv", toHex(iv), "-provider", "legacy", "-provider", "default"];
  return new Uint8Array(execFileSync("openssl", words, { input: plaintext }));
}

describe("ciphers of old mail", () => {
  it.each([
    [cipherByOid("1.2.840.113549.3.7")!, "des-ede3-cbc"],
    [cipherByOid("1.3.14.3.2.7")!, "des-cbc"],
    [rc2Cipher(40)!, "rc2-40-cbc"],
    [rc2Cipher(64)!, "rc2-64-cbc"],
    [rc2Cipher(128)!, "rc2-cbc"],
  ])("$name: reads what OpenSSL wrote", async (cipher, name) => {
    const [key, iv] = [generateContentKey(cipher), generateIv(cipher)];
    for (const plaintext of PLAINTEXTS) {
      const written = opensslEncrypt(name, key, iv, plaintext);
      expect(toHex(await decryptContent(cipher, key, { iv, tagLength: 0 }, written))).toBe(toHex(plaintext));
    }
    expect(isObsoleteCipher(cipher.name)).toBe(true);
    expect(() => encryptCbc(cipher, key, iv, [AAD])).toThrow("unsupported.algorithm");
  });

  it("reads RC2 with 40 effective bits and a key of 16 octets", () => {
    // RFC 2268 section 5 has 64 effective bits and a key of 16 octets too: one block without chaining.
    const key = fromHex("88bca90e90875a7f0f79c384627bafb2")!;
    const plain = decryptRc2Cbc(key, 64, new Uint8Array(8), fromHex("1a807d272bbe5db1")!);
    expect(toHex(plain)).toBe("0000000000000000");
    expect(keyLengths(rc2Cipher(40)!)).toEqual([5, 16]);
  });

  it("knows RC2 by the bits of RFC 3370 only, and calls AES not obsolete", () => {
    expect(rc2Cipher(32)).toBeNull();
    expect(Object.keys(CIPHERS).filter(isObsoleteCipher)).toEqual([]);
  });
});

describe("DES-EDE3-CBC", () => {
  it("reads 25 MB within seconds", async () => {
    const cipher = TRIPLE_DES;
    const [key, iv] = [generateContentKey(cipher), generateIv(cipher)];
    const plaintext = new Uint8Array(25 * 1024 * 1024).fill(0x20);
    const opensslCipher = createCipheriv("des-ede3-cbc", key, iv);
    const written = Buffer.concat([opensslCipher.update(plaintext), opensslCipher.final()]);
    const opened = await decryptContent(cipher, key, { iv, tagLength: 0 }, written);
    expect(Buffer.compare(opened, plaintext)).toBe(0);
  }, 30_000);
});

describe("decryptContent", () => {
  it.each([...AES_CBC, "des-ede3-cbc"] as const)("has one error for everything wrong with %s", async (name) => {
    const cipher = name === "des-ede3-cbc" ? TRIPLE_DES : CIPHERS[name];
    const [key, iv] = [generateContentKey(cipher), generateIv(cipher)];
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
