import { hkdf as nobleHkdf } from "@noble/hashes/hkdf.js";
import type { DigestName } from "./digest.ts";
import { HASHES } from "./hash-function.ts";

/**
 * HKDF (RFC 5869 section 2): extract and expand.
 *
 * @param salt `null` for none
 * @param length octets wanted
 */
export function hkdf(
  name: DigestName,
  keyMaterial: Uint8Array,
  salt: Uint8Array | null,
  info: Uint8Array,
  length: number,
): Uint8Array {
  return nobleHkdf(HASHES[name], keyMaterial, salt ?? undefined, info, length);
}
