import { createHmac, pbkdf2Sync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { toHex } from "../bytes/hex.ts";
import { utf8Bytes } from "../bytes/text.ts";
import { hmac, pbkdf2 } from "./hmac.ts";

const DIGESTS = ["md5", "sha-1", "sha-224", "sha-256", "sha-384", "sha-512"] as const;

describe("hmac", () => {
  it("gives test case 2 of RFC 4231", () => {
    expect(toHex(hmac("sha-256", utf8Bytes("Jefe"), utf8Bytes("what do ya want "), utf8Bytes("for nothing?")))).toBe(
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    );
  });

  it.each(DIGESTS)("computes with %s as OpenSSL does, for keys of every length", (digest) => {
    for (const length of [0, 1, 64, 65, 128, 129]) {
      const key = new Uint8Array(length).fill(0xaa);
      const expected = createHmac(digest.replace("-", ""), key).update("message").digest("hex");
      expect(toHex(hmac(digest, key, utf8Bytes("message")))).toBe(expected);
    }
  });
});

describe("pbkdf2", () => {
  it.each(DIGESTS)("derives with %s as OpenSSL does", async (digest) => {
    for (const passphrase of ["", "pässword", "x".repeat(200)]) {
      const expected = pbkdf2Sync(passphrase, "salt", 100, 77, digest.replace("-", "")).toString("hex");
      expect(toHex(await pbkdf2(digest, utf8Bytes(passphrase), utf8Bytes("salt"), 100, 77))).toBe(expected);
    }
  });

  it("refuses iteration counts beyond the limit", async () => {
    for (const iterations of [0, -1, 10_000_001]) {
      const derived = pbkdf2("sha-256", utf8Bytes("x"), utf8Bytes("salt"), iterations, 32);
      await expect(derived).rejects.toMatchObject({ code: "limit.exceeded" });
    }
  });
});
