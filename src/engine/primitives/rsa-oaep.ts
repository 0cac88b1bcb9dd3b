import { SmimeError } from "../errors.ts";
import { bytesToInteger } from "./big-integer.ts";
import { DIGEST_SIZE, type DigestName } from "./digest.ts";
import { digestSync } from "./hash-function.ts";
import { mgf1 } from "./mgf1.ts";
import { rsaDecryptionPrimitive, type RsaPrivateKey } from "./rsa-private.ts";

/**
 * RSAES-OAEP decryption (RFC 8017 section 7.1.2) for what WebCrypto lacks: a mask of another digest, which is Java's
 * default, and SHA-224. All checks of EME-OAEP decoding are done whatever the first says, and have one error, or
 * Manger's attack finds the message.
 *
 * @throws {SmimeError} `decrypt.failed`
 */
export function decryptRsaOaep(
  key: RsaPrivateKey,
  ciphertext: Uint8Array,
  digest: DigestName,
  mgfDigest: DigestName,
  label: Uint8Array,
): Uint8Array {
  // Step 1: what can be seen without the key.
  const hashSize = DIGEST_SIZE[digest];
  if (ciphertext.length !== key.size || key.size < 2 * hashSize + 2 || bytesToInteger(ciphertext) >= key.n) {
    throw new SmimeError("decrypt.failed");
  }
  // Steps 2 and 3: EM = Y || maskedSeed || maskedDB.
  const encoded = rsaDecryptionPrimitive(key, ciphertext);
  const maskedBlock = encoded.subarray(1 + hashSize);
  const seed = xor(encoded.subarray(1, 1 + hashSize), mgf1(mgfDigest, maskedBlock, hashSize));
  const block = xor(maskedBlock, mgf1(mgfDigest, seed, maskedBlock.length));
  // DB = lHash' || PS || 01 || M.
  const labelHash = digestSync(digest, label);
  let isWrong = encoded[0]!;
  for (let i = 0; i < hashSize; i++) isWrong |= block[i]! ^ labelHash[i]!;
  let start = 0;
  let inPadding = -1;
  for (let i = hashSize; i < block.length; i++) {
    const isZero = (block[i]! - 1) >> 31;
    const isOne = ((block[i]! ^ 1) - 1) >> 31;
    start |= inPadding & isOne & (i + 1);
    isWrong |= inPadding & ~isZero & ~isOne;
    inPadding &= ~isOne;
  }
  isWrong |= inPadding;
  if (isWrong !== 0) throw new SmimeError("decrypt.failed");
  return block.slice(start);
}

function xor(a: Uint8Array, b: Uint8Array): Uint8Array {
  return Uint8Array.from(a, (octet, i) => octet ^ b[i]!);
}
