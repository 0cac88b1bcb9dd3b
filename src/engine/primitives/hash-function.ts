import { md5, ripemd160, sha1 } from "@noble/hashes/legacy.js";
import { sha224, sha256, sha384, sha512, sha512_224, sha512_256 } from "@noble/hashes/sha2.js";
import {
  sha3_224,
  sha3_256,
  sha3_384,
  sha3_512,
  shake128,
  shake128_32,
  shake256,
  shake256_64,
} from "@noble/hashes/sha3.js";
import type { DigestName } from "./digest.ts";

/** All digests by noble: for those that WebCrypto lacks, and where its promises would cost more than the digest. */
export const HASHES = {
  md5,
  "sha-1": sha1,
  "ripemd-160": ripemd160,
  "sha-224": sha224,
  "sha-256": sha256,
  "sha-384": sha384,
  "sha-512": sha512,
  "sha-512/224": sha512_224,
  "sha-512/256": sha512_256,
  "sha3-224": sha3_224,
  "sha3-256": sha3_256,
  "sha3-384": sha3_384,
  "sha3-512": sha3_512,
  shake128: shake128_32,
  shake256: shake256_64,
} as const;

/** A digest at once: for key derivations that make thousands of small ones. */
export function digestSync(name: DigestName, bytes: Uint8Array): Uint8Array {
  return HASHES[name](bytes);
}

/** SHAKE128 and SHAKE256 with as many octets as asked for (FIPS 202 section 6.2). */
export function shake(name: "shake128" | "shake256", bytes: Uint8Array, length: number): Uint8Array {
  return (name === "shake128" ? shake128 : shake256)(bytes, { dkLen: length });
}
