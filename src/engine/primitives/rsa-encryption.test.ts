import { constants, generateKeyPairSync, privateDecrypt, type KeyObject } from "node:crypto";
import { describe, expect, it } from "vitest";
import { SmimeError } from "../errors.ts";
import { encryptRsaOaep, encryptRsaPkcs1 } from "./rsa-encryption.ts";

const CONTENT_KEY = Uint8Array.from({ length: 32 }, (_, i) => i);
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });

function spkiOf(key: KeyObject): Uint8Array {
  return new Uint8Array(key.export({ type: "spki", format: "der" }));
}

describe("encryptRsaPkcs1", () => {
  it("pads with nonzero octets that differ each time, and OpenSSL decrypts it", () => {
    const seen = new Set<string>();
    for (let i = 0; i < 8; i++) {
      const ciphertext = encryptRsaPkcs1(spkiOf(rsa.publicKey), CONTENT_KEY);
      const encoded = privateDecrypt({ key: rsa.privateKey, padding: constants.RSA_NO_PADDING }, ciphertext);
      expect(encoded.subarray(0, 2).toString("hex")).toBe("0002");
      expect(encoded.subarray(2, 223).includes(0)).toBe(false);
      expect(encoded.subarray(223).toString("hex")).toBe(`00${Buffer.from(CONTENT_KEY).toString("hex")}`);
      seen.add(encoded.toString("hex"));
    }
    expect(seen.size).toBe(8);
  });

  it("refuses keys that are too short, or for signatures only", () => {
    const small = spkiOf(generateKeyPairSync("rsa", { modulusLength: 512 }).publicKey);
    expect(() => encryptRsaPkcs1(small, new Uint8Array(54))).toThrow(SmimeError);
    expect(encryptRsaPkcs1(small, new Uint8Array(53))).toHaveLength(64);
    const pss = spkiOf(generateKeyPairSync("rsa-pss", { modulusLength: 1024 }).publicKey);
    expect(() => encryptRsaPkcs1(pss, CONTENT_KEY)).toThrow(SmimeError);
    const ec = spkiOf(generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey);
    expect(() => encryptRsaPkcs1(ec, CONTENT_KEY)).toThrow(SmimeError);
  });
});

describe("encryptRsaOaep", () => {
  it.each(["sha-1", "sha-256", "sha-384", "sha-512"] as const)(
    "writes with %s what OpenSSL decrypts",
    async (digest) => {
      const ciphertext = await encryptRsaOaep(spkiOf(rsa.publicKey), digest, CONTENT_KEY);
      const padding = constants.RSA_PKCS1_OAEP_PADDING;
      const opened = privateDecrypt({ key: rsa.privateKey, padding, oaepHash: digest.replace("-", "") }, ciphertext);
      expect(new Uint8Array(opened)).toEqual(CONTENT_KEY);
    },
  );

  it("refuses keys that are too short, and digests that WebCrypto lacks", async () => {
    const small = spkiOf(generateKeyPairSync("rsa", { modulusLength: 512 }).publicKey);
    await expect(encryptRsaOaep(small, "sha-256", CONTENT_KEY)).rejects.toMatchObject({ code: "unsupported.key" });
    const spki = spkiOf(rsa.publicKey);
    await expect(encryptRsaOaep(spki, "md5", CONTENT_KEY)).rejects.toMatchObject({ code: "unsupported.algorithm" });
  });
});
