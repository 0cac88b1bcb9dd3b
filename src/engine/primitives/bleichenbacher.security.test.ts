import { constants, createHash, createHmac, generateKeyPairSync, publicEncrypt } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { concatBytes } from "../bytes/concat.ts";
import { fromBase64 } from "../bytes/base64.ts";
import { toHex } from "../bytes/hex.ts";
import { importPrivateKey } from "./private-key.ts";

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 1024 });
const key = await importPrivateKey(new Uint8Array(privateKey.export({ type: "pkcs8", format: "der" })));
const SIZE = 128;
const CONTENT_KEY = new Uint8Array(32).fill(0x42);

/** Encrypts an encoded message as it is. */
function encrypt(encoded: Uint8Array): Uint8Array {
  return new Uint8Array(publicEncrypt({ key: publicKey, padding: constants.RSA_NO_PADDING }, encoded));
}

function encoded(...parts: (number[] | Uint8Array)[]): Uint8Array {
  return concatBytes(...parts.map((part) => Uint8Array.from(part)));
}

/** The definition of draft-irtf-cfrg-rsa-guidance, made with OpenSSL's HMAC. */
function expectedSubstitute(ciphertext: Uint8Array, length: number): string {
  const d = fromBase64((privateKey.export({ format: "jwk" }).d ?? "").replaceAll("-", "+").replaceAll("_", "/"));
  const exponent = Buffer.concat([Buffer.alloc(SIZE - d.length), d]);
  const kdk = createHmac("sha256", createHash("sha256").update(exponent).digest()).update(ciphertext).digest();
  const blocks = [0, 1, 2, 3].map((i) =>
    createHmac("sha256", kdk).update(Uint8Array.of(0, i)).update("message").update(Uint8Array.of(4, 0)).digest(),
  );
  return Buffer.concat(blocks)
    .subarray(SIZE - length, SIZE)
    .toString("hex");
}

const nonzero = (count: number) => new Uint8Array(count).fill(0xaa);
const padding = nonzero(SIZE - CONTENT_KEY.length - 3);

describe("attack 41: Bleichenbacher's oracle on RSA PKCS#1 v1.5 (RFC 3218, draft-irtf-cfrg-rsa-guidance)", () => {
  it("gives the key where the padding is right", async () => {
    const ciphertext = encrypt(encoded([0, 2], padding, [0], CONTENT_KEY));
    expect(await key.unwrapRsaPkcs1(ciphertext, 32)).toEqual(CONTENT_KEY);
  });

  it.each([
    ["first octet not 00", encoded([1, 2], padding, [0], CONTENT_KEY)],
    ["block type 01", encoded([0, 1], padding, [0], CONTENT_KEY)],
    ["block type 03", encoded([0, 3], padding, [0], CONTENT_KEY)],
    ["zero in the first octets of padding", encoded([0, 2, 0], padding.subarray(1), [0], CONTENT_KEY)],
    ["zero in the eighth octet of padding", encoded([0, 2], nonzero(7), [0], nonzero(85), [0], CONTENT_KEY)],
    ["zero in the last octet of padding", encoded([0, 2], padding.subarray(1), [0, 0], CONTENT_KEY)],
    [
      "no separator",
      encoded(
        [0, 2],
        padding,
        [1],
        CONTENT_KEY.map(() => 7),
      ),
    ],
    ["a key one octet longer", encoded([0, 2], padding.subarray(1), [0], CONTENT_KEY, [1])],
    ["a key one octet shorter", encoded([0, 2], padding, [9, 0], CONTENT_KEY.subarray(1))],
    ["an empty key", encoded([0, 2], nonzero(125), [0])],
    ["nothing", new Uint8Array(SIZE)],
  ])("gives the same substitute each time for: %s", async (_, message) => {
    const ciphertext = encrypt(message);
    const expected = expectedSubstitute(ciphertext, 32);
    expect(toHex(await key.unwrapRsaPkcs1(ciphertext, 32))).toBe(expected);
    expect(toHex(await key.unwrapRsaPkcs1(ciphertext, 32))).toBe(expected);
  });

  it("gives a substitute for ciphertexts of the wrong length or size, never an error", async () => {
    const good = encrypt(encoded([0, 2], padding, [0], CONTENT_KEY));
    for (const ciphertext of [
      new Uint8Array(0),
      new Uint8Array(SIZE).fill(0xff),
      good.subarray(1),
      concatBytes(good, Uint8Array.of(0)),
      new Uint8Array(100_000).fill(1),
    ]) {
      const result = await key.unwrapRsaPkcs1(ciphertext, 32);
      expect(result).toHaveLength(32);
      expect(result).not.toEqual(CONTENT_KEY);
    }
  });

  it("takes back the leading zeros that a writer left out", async () => {
    for (let i = 0; i < 2000; i++) {
      const ciphertext = encrypt(encoded([0, 2, 1 + (i & 127), 1 + (i >> 7)], padding.subarray(2), [0], CONTENT_KEY));
      if (ciphertext[0] !== 0) continue;
      expect(await key.unwrapRsaPkcs1(ciphertext.subarray(1), 32)).toEqual(CONTENT_KEY);
      return;
    }
    expect.unreachable("no ciphertext began with a zero");
  });

  it("gives a substitute of any length, also where the key is too short for it", async () => {
    for (const length of [0, 1, 117, 118, 128, 200]) {
      expect(await key.unwrapRsaPkcs1(encrypt(new Uint8Array(SIZE)), length)).toHaveLength(length);
    }
  });

  it("has one path: the code neither branches nor throws", () => {
    const source = readFileSync(new URL("rsa-pkcs1-unpadding.ts", import.meta.url), "utf8");
    const code = source.replaceAll(/\/\*[^]*?\*\/|\/\/.*/g, "");
    expect(code).toContain("export function decryptRsaPkcs1");
    expect(
      code.match(/\b(if|else|switch|while|throw|try|catch|find|some|every|indexOf|includes)\b|\?|&&|\|\|/g),
    ).toBeNull();
  });

  it("raises to private exponents by steps that none of their bits chooses", () => {
    const read = (name: string) => readFileSync(new URL(name, import.meta.url), "utf8");
    const [, body] = /export function modPowInWindows\(.*?\{\n(.*?)\n\}\n/s.exec(read("big-integer.ts")) ?? [];
    expect(body).toContain("return result");
    expect(body).not.toMatch(/\b(if|else|switch|while|continue|break)\b|\?|&&|\|\|/);
    const powers = read("rsa-private.ts").match(/\bmodPow\w*\([^()]*(?:\([^()]*\)[^()]*)*\)/g) ?? [];
    const isPrivate = (call: string) => /\bd[PQ]\b|\bkey\.d\b/.test(call);
    expect(powers.filter(isPrivate)).toHaveLength(3);
    expect(powers.filter((call) => isPrivate(call) !== call.startsWith("modPowInWindows("))).toEqual([]);
  });
});
