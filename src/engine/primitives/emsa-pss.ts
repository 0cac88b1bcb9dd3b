import { concatBytes } from "../bytes/concat.ts";
import { equalBytes } from "../bytes/equal.ts";
import { bytesToInteger, integerToBytes, modPow } from "./big-integer.ts";
import { DIGEST_SIZE, digest, type DigestName } from "./digest.ts";
import { shake } from "./hash-function.ts";
import { mgf1 } from "./mgf1.ts";
import type { PssParams } from "./pss-params.ts";
import type { RsaPublicKey } from "./public-key.ts";

/**
 * RSASSA-PSS verification (RFC 8017 section 8.1.2) for what WebCrypto lacks: digests, masks of another digest, sizes of
 * keys. Everything here is public.
 */
export async function verifyEmsaPss(
  params: PssParams,
  key: RsaPublicKey,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  // Step 1, and RSAVP1's own check in step 2 b.
  const representative = bytesToInteger(signature);
  if (signature.length !== key.size || representative >= key.modulus) return false;
  const encodedBits = key.modulusBits - 1;
  const encoded = modPow(representative, key.exponent, key.modulus);
  // Step 2 c: EM has one octet less than the modulus where that has 8n + 1 bits.
  if (encoded >> BigInt(8 * Math.ceil(encodedBits / 8)) !== 0n) return false;
  const em = integerToBytes(encoded, Math.ceil(encodedBits / 8));
  return verifyEncoding(params, await digest(params.digest, message), em, encodedBits);
}

/** EMSA-PSS-VERIFY (RFC 8017 section 9.1.2), with the steps' numbers of there; step 1 and 2 made `messageHash`. */
async function verifyEncoding(
  { digest: digestName, maskDigest = digestName, saltLength }: PssParams,
  messageHash: Uint8Array,
  em: Uint8Array,
  encodedBits: number,
): Promise<boolean> {
  const hashSize = DIGEST_SIZE[digestName];
  // Steps 3 and 4.
  if (em.length < hashSize + saltLength + 2 || em[em.length - 1] !== 0xbc) return false;
  // Step 5.
  const masked = em.subarray(0, em.length - hashSize - 1);
  const hash = em.subarray(masked.length, em.length - 1);
  // Step 6.
  const unusedMask = 0xff >> (8 * em.length - encodedBits);
  if ((masked[0]! & ~unusedMask) !== 0) return false;
  // Steps 7 to 9.
  const dbMask = mask(maskDigest, hash, masked.length);
  const db = masked.map((octet, i) => octet ^ dbMask[i]!);
  db[0]! &= unusedMask;
  // Step 10.
  const separator = db.length - saltLength - 1;
  if (db[separator] !== 1 || db.subarray(0, separator).some((octet) => octet !== 0)) return false;
  // Steps 11 to 14.
  const salt = db.subarray(separator + 1);
  return equalBytes(hash, await digest(digestName, concatBytes(new Uint8Array(8), messageHash, salt)));
}

/** MGF1, and for SHAKE its own output of any length in place of that (RFC 8702 section 3.2.1). */
function mask(maskDigest: DigestName, seed: Uint8Array, length: number): Uint8Array {
  if (maskDigest === "shake128" || maskDigest === "shake256") return shake(maskDigest, seed, length);
  return mgf1(maskDigest, seed, length);
}
