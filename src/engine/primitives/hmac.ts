import { hmac as nobleHmac } from "@noble/hashes/hmac.js";
import { pbkdf2Async } from "@noble/hashes/pbkdf2.js";
import { SmimeError } from "../errors.ts";
import { MAX_KDF_ITERATIONS } from "../limits.ts";
import { webCryptoDigest, type DigestName } from "./digest.ts";
import { HASHES } from "./hash-function.ts";

/** HMAC (RFC 2104) over the parts, one after another. */
export function hmac(name: DigestName, key: Uint8Array, ...parts: readonly Uint8Array[]): Uint8Array {
  const mac = nobleHmac.create(HASHES[name], key);
  for (const part of parts) mac.update(part);
  return mac.digest();
}

/**
 * PBKDF2 with HMAC (RFC 8018 section 5.2).
 *
 * @param length octets wanted
 * @throws {SmimeError} `limit.exceeded` for none, or more than MAX_KDF_ITERATIONS
 */
export async function pbkdf2(
  name: DigestName,
  passphrase: Uint8Array,
  salt: Uint8Array,
  iterations: number,
  length: number,
): Promise<Uint8Array> {
  if (iterations < 1 || iterations > MAX_KDF_ITERATIONS) {
    throw new SmimeError("limit.exceeded", { limit: "kdf-iterations", iterations });
  }
  const hash = webCryptoDigest(name);
  if (hash === null) return pbkdf2Async(HASHES[name], passphrase, salt, { c: iterations, dkLen: length });
  const key = await crypto.subtle.importKey("raw", passphrase, "PBKDF2", false, ["deriveBits"]);
  return new Uint8Array(await crypto.subtle.deriveBits({ name: "PBKDF2", hash, salt, iterations }, key, 8 * length));
}
