import { aeskw, aeskwp } from "@noble/ciphers/aes.js";
import { Cipher } from "../asn1/oids.ts";
import { equalBytesConstantTime } from "../bytes/equal.ts";
import { SmimeError } from "../errors.ts";
import { decryptDesCbc } from "./des.ts";
import { digestSync } from "./hash-function.ts";

/** A way to encipher one key with another. */
export interface KeyWrap {
  readonly kind: "aes" | "aes-padded" | "3des";
  /** Octets of the key-encryption key. */
  readonly keySize: 16 | 24 | 32;
}

/** RFC 3565 section 2.3.2, RFC 5649 section 5, RFC 3370 section 4.3.1. */
const WRAPS: ReadonlyMap<string, KeyWrap> = new Map<string, KeyWrap>([
  [Cipher.aes128Wrap, { kind: "aes", keySize: 16 }],
  [Cipher.aes192Wrap, { kind: "aes", keySize: 24 }],
  [Cipher.aes256Wrap, { kind: "aes", keySize: 32 }],
  [Cipher.aes128WrapPad, { kind: "aes-padded", keySize: 16 }],
  [Cipher.aes192WrapPad, { kind: "aes-padded", keySize: 24 }],
  [Cipher.aes256WrapPad, { kind: "aes-padded", keySize: 32 }],
  [Cipher.tripleDesWrap, { kind: "3des", keySize: 24 }],
]);

/** `null` for other algorithms. */
export function keyWrapByOid(oid: string): KeyWrap | null {
  return WRAPS.get(oid) ?? null;
}

/**
 * Wraps a key with AES (RFC 3394).
 *
 * @param kek 16, 24 or 32 octets
 * @param key whole units of 8 octets, at least two
 */
export function wrapKey(kek: Uint8Array, key: Uint8Array): Uint8Array {
  return aeskw(kek).encrypt(key);
}

/**
 * Unwraps a key.
 *
 * @throws {SmimeError} `decrypt.failed` for everything: wrong key, altered or truncated
 */
export function unwrapKey({ kind }: KeyWrap, kek: Uint8Array, wrapped: Uint8Array): Uint8Array {
  try {
    if (kind === "3des") return unwrapTripleDes(kek, wrapped);
    return (kind === "aes" ? aeskw : aeskwp)(kek).decrypt(wrapped);
  } catch {
    throw new SmimeError("decrypt.failed");
  }
}

const TRIPLE_DES_IV = Uint8Array.of(0x4a, 0xdd, 0xa2, 0x2c, 0x79, 0xe8, 0x21, 0x05);
const CHECKSUM_SIZE = 8;
/** A key of 24 octets, its vector and its checksum. */
const WRAPPED_TRIPLE_DES = 40;

/** Triple-DES key unwrap (RFC 3217 section 3.2), with the steps' numbers of there. */
function unwrapTripleDes(kek: Uint8Array, wrapped: Uint8Array): Uint8Array {
  // Step 1.
  if (wrapped.length !== WRAPPED_TRIPLE_DES) throw new SmimeError("decrypt.failed");
  // Steps 2 to 4: TEMP2 is the reverse of what the fixed vector opens, and begins with the other vector.
  const reversed = decryptDesCbc(kek, TRIPLE_DES_IV, wrapped).toReversed();
  // Steps 5 and 6.
  const opened = decryptDesCbc(kek, reversed.subarray(0, 8), reversed.subarray(8));
  const key = opened.subarray(0, opened.length - CHECKSUM_SIZE);
  // Step 7: CMS key checksum, the first octets of SHA-1 (RFC 3217 section 2).
  const checksum = digestSync("sha-1", key).subarray(0, CHECKSUM_SIZE);
  if (!equalBytesConstantTime(checksum, opened.subarray(key.length))) throw new SmimeError("decrypt.failed");
  return key;
}
