import { aeskw } from "@noble/ciphers/aes.js";
import { Cipher } from "../asn1/oids.ts";
import { SmimeError } from "../errors.ts";

/** Octets of the key-encryption key by the OID of an AES key wrap (RFC 3565 section 2.3.2); `null` for others. */
export function keyWrapSize(oid: string): 16 | 24 | 32 | null {
  switch (oid) {
    case Cipher.aes128Wrap:
      return 16;
    case Cipher.aes192Wrap:
      return 24;
    case Cipher.aes256Wrap:
      return 32;
    default:
      return null;
  }
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
export function unwrapKey(kek: Uint8Array, wrapped: Uint8Array): Uint8Array {
  try {
    return aeskw(kek).decrypt(wrapped);
  } catch {
    throw new SmimeError("decrypt.failed");
  }
}
