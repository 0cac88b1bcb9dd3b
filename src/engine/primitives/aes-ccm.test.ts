import { createCipheriv, randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { concatBytes } from "../bytes/concat.ts";
import { fromHex, toHex } from "../bytes/hex.ts";
import { SmimeError } from "../errors.ts";
import { decryptAesCcm } from "./aes-ccm.ts";

const hex = (text: string): Uint8Array => fromHex(text.replaceAll(" ", ""))!;

describe("AES-CCM", () => {
  it("opens the examples of NIST SP 800-38C appendix C", () => {
    const key = hex("404142434445464748494a4b4c4d4e4f");
    expect(toHex(decryptAesCcm(key, hex("10111213141516"), 4, hex("7162015b 4dac255d"), hex("0001020304050607")))).toBe(
      "20212223",
    );
    const second = hex("d2a1f0e051ea5f62081a7792073d593d 1fc64fbfaccd");
    const aad = hex("000102030405060708090a0b0c0d0e0f");
    expect(toHex(decryptAesCcm(key, hex("1011121314151617"), 6, second, aad))).toBe("202122232425262728292a2b2c2d2e2f");
    const long = Uint8Array.from({ length: 65_536 }, (_, i) => i);
    const fourth = hex("69915dad1e84c6376a68c2967e4dab615ae0fd1faec44cc484828529463ccf72 b4ac6bec93e8598e7f0dadbcea5b");
    expect(toHex(decryptAesCcm(key, hex("101112131415161718191a1b1c"), 14, fourth, long))).toBe(
      "202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f",
    );
  });

  it.each([16, 24, 32])("opens what OpenSSL makes with keys of %d octets, and nothing altered", (keyLength) => {
    for (const [size, authTagLength, nonceLength] of [
      [15, 12, 12],
      [1, 16, 13],
      [16, 14, 7],
      [1000, 16, 12],
    ] as const) {
      const [key, nonce, aad] = [randomBytes(keyLength), randomBytes(nonceLength), randomBytes(size)];
      const message = randomBytes(size);
      const cipher = createCipheriv(`aes-${keyLength === 16 ? 128 : keyLength === 24 ? 192 : 256}-ccm`, key, nonce, {
        authTagLength,
      });
      cipher.setAAD(aad, { plaintextLength: size });
      const sealed = concatBytes(cipher.update(message), cipher.final(), cipher.getAuthTag());
      const open = (octets: Uint8Array, with_ = aad) => decryptAesCcm(key, nonce, authTagLength, octets, with_);
      expect(toHex(open(sealed))).toBe(message.toString("hex"));
      expect(() => open(sealed.map((octet, i) => (i === sealed.length - 1 ? octet ^ 1 : octet)))).toThrow(SmimeError);
      expect(() => open(sealed.map((octet, i) => (i === 0 ? octet ^ 1 : octet)))).toThrow(SmimeError);
      expect(() => open(sealed.subarray(0, -1))).toThrow(SmimeError);
      expect(() => open(sealed, randomBytes(7))).toThrow(SmimeError);
    }
  });
});
