import { constants, createHash, generateKeyPairSync, privateEncrypt, type KeyObject } from "node:crypto";
import { describe, expect, it } from "vitest";
import { concatBytes } from "../bytes/concat.ts";
import { fromHex, toHex } from "../bytes/hex.ts";
import { utf8Bytes } from "../bytes/text.ts";
import { bytesToInteger, integerToBytes } from "./big-integer.ts";
import type { DigestName } from "./digest.ts";
import { verifySignature } from "./signature.ts";

const SIZE = 256;
const cubic = generateKeyPairSync("rsa", { modulusLength: 8 * SIZE, publicExponent: 3 });
const usual = generateKeyPairSync("rsa", { modulusLength: 8 * SIZE });

/** DigestInfo up to the digest (RFC 8017 section 9.2 note 1); SHA-224 is checked here, SHA-256 by WebCrypto. */
const PREFIXES = {
  "sha-224": fromHex("302d300d06096086480165030402040500041c")!,
  "sha-256": fromHex("3031300d060960864801650304020105000420")!,
} as const;
type Checked = keyof typeof PREFIXES;
const CHECKED: readonly Checked[] = ["sha-224", "sha-256"];

function spkiOf(key: KeyObject): Uint8Array {
  return new Uint8Array(key.export({ type: "spki", format: "der" }));
}

function hash(digest: DigestName, message: Uint8Array): Uint8Array {
  return new Uint8Array(createHash(digest.replace("-", "")).update(message).digest());
}

function check(digest: Checked, key: KeyObject, message: Uint8Array, signature: Uint8Array) {
  return verifySignature({ kind: "rsa-pkcs1", digest }, spkiOf(key), message, signature);
}

/** The smallest integer whose cube is not below `cube`, by Newton's method from above. */
function cubeRoot(cube: bigint): bigint {
  let root = 1n << BigInt(Math.ceil(cube.toString(2).length / 3) + 1);
  for (;;) {
    const next = (2n * root + cube / (root * root)) / 3n;
    if (next >= root) return root ** 3n < cube ? root + 1n : root;
    root = next;
  }
}

/** The integer below 2^bits whose cube ends in the bits of the odd `cube` (Hensel lifting). */
function cubeRootModuloPowerOf2(cube: bigint, bits: number): bigint {
  let root = 1n;
  for (let bit = 1n; bit < BigInt(bits); bit++) {
    if (((root ** 3n - cube) >> bit) & 1n) root |= 1n << bit;
  }
  return root;
}

/** A signature with e = 3 and no private key, whose cube begins and ends with the octets given. */
function forge(start: Uint8Array, end: Uint8Array): Uint8Array {
  const free = 8 * (SIZE - start.length);
  const endBits = 8 * end.length;
  const high = cubeRoot(bytesToInteger(start) << BigInt(free));
  const low = end.length === 0 ? 0n : cubeRootModuloPowerOf2(bytesToInteger(end), endBits);
  const aligned = end.length === 0 ? high : (((high >> BigInt(endBits)) + 1n) << BigInt(endBits)) | low;
  const signature = integerToBytes(aligned, SIZE);
  const cube = integerToBytes(aligned ** 3n, SIZE);
  expect(toHex(cube.subarray(0, start.length))).toBe(toHex(start));
  expect(toHex(cube.subarray(SIZE - end.length))).toBe(toHex(end));
  return signature;
}

/** A message whose digest is odd, as the end of a forged cube must be. */
function messageWithOddDigest(digest: DigestName): Uint8Array {
  for (let i = 0; ; i++) {
    const message = utf8Bytes(`forged ${i}`);
    if (hash(digest, message).at(-1)! & 1) return message;
  }
}

describe.each(CHECKED)("attack 9: lenient PKCS#1 v1.5 with %s", (digest) => {
  const message = messageWithOddDigest(digest);
  const digestInfo = concatBytes(PREFIXES[digest], hash(digest, message));

  it("accepts the honest signature with e = 3", async () => {
    const filler = new Uint8Array(SIZE - 3 - digestInfo.length).fill(0xff);
    const honest = concatBytes(Uint8Array.of(0, 1), filler, Uint8Array.of(0), digestInfo);
    const options = { key: cubic.privateKey, padding: constants.RSA_NO_PADDING };
    expect(await check(digest, cubic.publicKey, message, new Uint8Array(privateEncrypt(options, honest)))).toBe(
      "valid",
    );
  });

  it("refuses octets after the DigestInfo (Bleichenbacher 2006)", async () => {
    const start = concatBytes(fromHex("0001ffffffffffffffff00")!, digestInfo);
    const forged = forge(start, new Uint8Array(0));
    expect(await check(digest, cubic.publicKey, message, forged)).toBe("invalid");
  });

  it("refuses octets hidden in a BER length (BERserk)", async () => {
    // SEQUENCE whose length has 128 - 2 octets: a parser that lets it overflow passes over what it cannot control.
    const start = fromHex("0001ffffffffffffffff0030fe")!;
    const forged = forge(start, digestInfo.subarray(2));
    expect(await check(digest, cubic.publicKey, message, forged)).toBe("invalid");
  });

  it("refuses octets hidden in the parameters of the digest algorithm", async () => {
    // AlgorithmIdentifier of 200 octets with an OCTET STRING as its parameters.
    const start = concatBytes(fromHex("0001ffffffffffffffff003081e43081c8")!, digestInfo.subarray(4, 15));
    const forged = forge(start, hash(digest, message));
    expect(await check(digest, cubic.publicKey, message, forged)).toBe("invalid");
  });

  it("refuses every encoded message that is not the one of RFC 8017, though signed with the key", async () => {
    const sign = (encoded: Uint8Array) =>
      new Uint8Array(privateEncrypt({ key: usual.privateKey, padding: constants.RSA_NO_PADDING }, encoded));
    const filled = (head: number[], info: Uint8Array, fill = 0xff) =>
      concatBytes(
        Uint8Array.from(head),
        new Uint8Array(SIZE - head.length - 1 - info.length).fill(fill),
        Uint8Array.of(0),
        info,
      );
    const withoutNull = concatBytes(
      Uint8Array.of(0x30, digestInfo[1]! - 2, 0x30, 0x0b),
      digestInfo.subarray(4, 15),
      digestInfo.subarray(17),
    );
    const otherNull = digestInfo.slice();
    otherNull[15] = 0x04;
    const longLength = concatBytes(Uint8Array.of(0x30, 0x81), digestInfo.subarray(1));
    const hashOnly = hash(digest, message);
    expect(await check(digest, usual.publicKey, message, sign(filled([0, 1], digestInfo)))).toBe("valid");
    for (const [name, encoded] of Object.entries({
      "DigestInfo without NULL": filled([0, 1], withoutNull),
      "parameters that are no NULL": filled([0, 1], otherNull),
      "length in the long form": filled([0, 1], longLength),
      "digest without DigestInfo": filled([0, 1], hashOnly),
      "block type 2": filled([0, 2], digestInfo),
      "block type 0": filled([0, 0], digestInfo, 0),
      "padding of 00": filled([0, 1], digestInfo, 0),
      "padding of FE": filled([0, 1], digestInfo, 0xfe),
      "octets after, short padding": concatBytes(
        fromHex("0001ffffffffffffffff00")!,
        digestInfo,
        new Uint8Array(SIZE - 11 - digestInfo.length),
      ),
    })) {
      expect(await check(digest, usual.publicKey, message, sign(encoded)), name).toBe("invalid");
    }
  });

  it("refuses the signature plus the modulus, and with leading zeros", async () => {
    const encoded = concatBytes(
      Uint8Array.of(0, 1),
      new Uint8Array(SIZE - 3 - digestInfo.length).fill(0xff),
      Uint8Array.of(0),
      digestInfo,
    );
    const options = { key: usual.privateKey, padding: constants.RSA_NO_PADDING };
    const signature = new Uint8Array(privateEncrypt(options, encoded));
    expect(await check(digest, usual.publicKey, message, concatBytes(Uint8Array.of(0), signature))).toBe("invalid");
    const n = usual.publicKey.export({ format: "jwk" }).n ?? "";
    const shifted = bytesToInteger(signature) + bytesToInteger(new Uint8Array(Buffer.from(n, "base64url")));
    const length = shifted >> BigInt(8 * SIZE) === 0n ? SIZE : SIZE + 1;
    expect(await check(digest, usual.publicKey, message, integerToBytes(shifted, length))).toBe("invalid");
  });
});
