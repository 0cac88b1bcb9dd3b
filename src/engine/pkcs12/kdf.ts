import type { DigestName } from "../primitives/digest.ts";
import { digestSync, HASHES } from "../primitives/hash-function.ts";
import { concatBytes } from "../bytes/concat.ts";

/** What the octets are for (RFC 7292 appendix B.3). */
export const KdfPurpose = { key: 1, iv: 2, mac: 3 } as const;
export type KdfPurpose = (typeof KdfPurpose)[keyof typeof KdfPurpose];

/**
 * Derives key, IV or MAC key from a passphrase (RFC 7292 appendix B.2), with the steps' letters of there.
 *
 * @param passphrase BMPString, or nothing at all
 * @param length octets wanted
 */
export function pkcs12Kdf(
  digest: DigestName,
  purpose: KdfPurpose,
  passphrase: Uint8Array,
  salt: Uint8Array,
  iterations: number,
  length: number,
): Uint8Array {
  // v: octets of the digest's blocks.
  const v = HASHES[digest].blockLen;
  // Steps 1 to 4: D = ID..ID, I = S || P.
  const diversifier = new Uint8Array(v).fill(purpose);
  const input = concatBytes(repeated(salt, v), repeated(passphrase, v));
  const blocks: Uint8Array[] = [];
  for (let made = 0; made < length;) {
    // Step 6 A.
    let block = digestSync(digest, concatBytes(diversifier, input));
    for (let i = 1; i < iterations; i++) block = digestSync(digest, block);
    blocks.push(block);
    made += block.length;
    // Steps 6 B and 6 C.
    const addend = filled(block, v);
    for (let start = 0; start < input.length; start += v) addPlusOne(input.subarray(start, start + v), addend);
  }
  return concatBytes(...blocks).subarray(0, length);
}

/** Copies of the octets up to a multiple of `v`; nothing for nothing. */
function repeated(octets: Uint8Array, v: number): Uint8Array {
  return filled(octets, v * Math.ceil(octets.length / v));
}

function filled(octets: Uint8Array, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => octets[i % octets.length]!);
}

/** block = block + addend + 1 modulo 2^(8v), big-endian. */
function addPlusOne(block: Uint8Array, addend: Uint8Array): void {
  let carry = 1;
  for (let i = block.length - 1; i >= 0; i--) {
    carry += block[i]! + addend[i]!;
    block[i] = carry;
    carry >>= 8;
  }
}
