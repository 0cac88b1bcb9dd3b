import { createCipheriv } from "node:crypto";
import { describe, expect, it } from "vitest";
import { toHex } from "../bytes/hex.ts";
import { utf8Bytes } from "../bytes/text.ts";
import { CIPHERS } from "./cipher-registry.ts";
import { decryptContent, encryptGcm, generateContentKey, generateIv } from "./content-cipher.ts";

const cipher = CIPHERS["aes-256-gcm"];
const PLAINTEXT = utf8Bytes("transfer 100");

describe("attack 60: GCM tag truncation, nonce reuse, early plaintext (RFC 5084)", () => {
  it("refuses tags shorter than 12 octets and longer than 16, even right ones", async () => {
    const key = generateContentKey(cipher);
    const iv = generateIv(cipher);
    const openssl = createCipheriv("aes-256-gcm", key, iv);
    const ciphertext = Buffer.concat([openssl.update(PLAINTEXT), openssl.final()]);
    const tag = Buffer.concat([openssl.getAuthTag(), Buffer.alloc(4)]);
    for (const tagLength of [0, 1, 4, 8, 11, 17, 20, -1, 12.5, NaN]) {
      const sealed = Buffer.concat([ciphertext, tag.subarray(0, Math.max(0, tagLength || 0))]);
      await expect(decryptContent(cipher, key, { iv, tagLength }, sealed)).rejects.toMatchObject({
        code: "decrypt.failed",
      });
    }
  });

  it.each(["aes-128-gcm", "aes-256-gcm"] as const)(
    "releases nothing of a %s content that was altered",
    async (name) => {
      const key = generateContentKey(CIPHERS[name]);
      const iv = generateIv(CIPHERS[name]);
      const aad = utf8Bytes("attributes");
      const sealed = await encryptGcm(CIPHERS[name], key, iv, PLAINTEXT, aad);
      const refused = { code: "decrypt.failed" };
      for (let i = 0; i < sealed.length; i++) {
        const altered = sealed.slice();
        altered[i]! ^= 1;
        await expect(decryptContent(CIPHERS[name], key, { iv, tagLength: 16 }, altered, aad)).rejects.toMatchObject(
          refused,
        );
      }
      await expect(decryptContent(CIPHERS[name], key, { iv, tagLength: 16 }, sealed)).rejects.toMatchObject(refused);
      await expect(decryptContent(CIPHERS[name], key, { iv, tagLength: 12 }, sealed, aad)).rejects.toMatchObject(
        refused,
      );
      const short = sealed.subarray(0, 11);
      await expect(decryptContent(CIPHERS[name], key, { iv, tagLength: 12 }, short, aad)).rejects.toMatchObject(
        refused,
      );
      const empty = new Uint8Array(0);
      await expect(decryptContent(CIPHERS[name], key, { iv: empty, tagLength: 16 }, sealed, aad)).rejects.toMatchObject(
        refused,
      );
    },
  );

  it("never gives the same key or nonce twice", () => {
    const drawn = new Set<string>();
    for (let i = 0; i < 500; i++) drawn.add(toHex(generateContentKey(cipher))).add(toHex(generateIv(cipher)));
    expect(drawn.size).toBe(1000);
  });
});
