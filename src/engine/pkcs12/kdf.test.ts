import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { fromHex, toHex } from "../bytes/hex.ts";
import { KdfPurpose, pkcs12Kdf } from "./kdf.ts";
import { passphraseForms } from "./passphrase.ts";

describe("pkcs12Kdf", () => {
  it.each([
    ["sha-1", 24, 1],
    ["sha-1", 8, 2048],
    ["md5", 16, 100],
    ["sha-224", 40, 3],
    ["sha-256", 32, 1000],
    ["sha-384", 200, 2],
    ["sha-512", 65, 1000],
  ] as const)("derives with %s %d octets in %d iterations as OpenSSL does", (digest, length, iterations) => {
    const salt = "0a58cf64530d823f0a58cf64530d823f01";
    const [form] = passphraseForms("smég 🔑");
    for (const purpose of Object.values(KdfPurpose)) {
      const options = [
        `digest:${digest.replace("-", "")}`,
        `hexpass:${toHex(form.bmp)}`,
        `hexsalt:${salt}`,
        `iter:${iterations}`,
        `id:${purpose}`,
      ];
      const args = ["kdf", "-keylen", String(length), ...options.flatMap((option) => ["-kdfopt", option]), "PKCS12KDF"];
      const expected = execFileSync("openssl", args, { encoding: "utf8" }).trim().replaceAll(":", "").toLowerCase();
      expect(toHex(pkcs12Kdf(digest, purpose, form.bmp, fromHex(salt)!, iterations, length))).toBe(expected);
    }
  });
});

describe("passphraseForms", () => {
  it("ends a BMPString with NUL, with surrogates for what is beyond it", () => {
    expect(passphraseForms("a").map(({ bmp }) => toHex(bmp))).toEqual(["00610000"]);
    expect(toHex(passphraseForms("🔑")[0].bmp)).toBe("d83ddd110000");
  });

  it("takes an empty passphrase for a NUL, or for nothing", () => {
    expect(passphraseForms("").map(({ bmp }) => toHex(bmp))).toEqual(["0000", ""]);
  });
});
