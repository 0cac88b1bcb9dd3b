import { utf8Bytes } from "../bytes/text.ts";
import { concatBytes } from "../bytes/concat.ts";
import { bytesToInteger, integerToBytes } from "./big-integer.ts";
import { digestSync } from "./hash-function.ts";
import { hmac } from "./hmac.ts";
import { rsaDecryptionPrimitive, type RsaPrivateKey } from "./rsa-private.ts";

/** RFC 8017 section 7.2.1: 00 02, at least eight octets of padding, 00. */
const MIN_OVERHEAD = 11;

/**
 * RSAES-PKCS1-v1_5 decryption (RFC 8017 section 7.2.2) with implicit rejection, as draft-irtf-cfrg-rsa-guidance and
 * OpenSSL 3.2 do it: where the padding, its length or the ciphertext is wrong, the result is a substitute that
 * depends on the private key and the ciphertext only. It is the same each time, so repeating tells nothing, and both
 * results are always computed and selected between without a branch: there is no other path and no error.
 *
 * @param length octets that the key must have; a message of another length counts as wrong
 * @returns `length` octets
 */
export function decryptRsaPkcs1(key: RsaPrivateKey, ciphertext: Uint8Array, length: number): Uint8Array {
  // The caller of a key too short for any message gets the substitute too, by a mask that is never met.
  const size = Math.max(key.size, length + MIN_OVERHEAD);
  const fitted = fit(ciphertext, key.size);
  const substitute = substituteMessage(key, fitted, size).subarray(size - length);
  const encoded = new Uint8Array(size);
  encoded.set(rsaDecryptionPrimitive(key, fitted));
  const isWrong = wrongness(encoded, length) | ciphertextWrongness(key, ciphertext, fitted);
  return select(isWrong, substitute, encoded.subarray(size - length));
}

/** 0 where EM is 00 02, nonzero octets, 00 and `length` octets of message; else another number. */
function wrongness(encoded: Uint8Array, length: number): number {
  const separator = encoded.length - length - 1;
  let isWrong = encoded[0]! | (encoded[1]! ^ 2) | encoded[separator]!;
  for (let i = 2; i < separator; i++) isWrong |= isZero(encoded[i]!);
  return isWrong;
}

/** 1 for 0 and 0 for 1 to 255, without a comparison. */
function isZero(octet: number): number {
  return ((octet - 1) >>> 31) & 1;
}

/** RFC 8017 sections 7.2.2 step 1 and 5.1.2 step 1. Both numbers are public: the ciphertext and the modulus. */
function ciphertextWrongness(key: RsaPrivateKey, ciphertext: Uint8Array, fitted: Uint8Array): number {
  return Number(ciphertext.length > key.size) | Number(bytesToInteger(fitted) >= key.n);
}

/**
 * Exactly `size` octets, so that a ciphertext of any length costs the same. Leading zeros that a writer left out are
 * put back, as OpenSSL does.
 */
function fit(ciphertext: Uint8Array, size: number): Uint8Array {
  const octets = new Uint8Array(size);
  octets.set(ciphertext.subarray(0, size), Math.max(0, size - ciphertext.length));
  return octets;
}

/** `substitute` where `isWrong` is not 0, else `message`; octet by octet under a mask. */
function select(isWrong: number, substitute: Uint8Array, message: Uint8Array): Uint8Array {
  const mask = (isWrong | -isWrong) >> 31;
  return Uint8Array.from(message, (octet, i) => (octet & ~mask) | (substitute[i]! & mask));
}

/**
 * Key derivation and PRF of draft-irtf-cfrg-rsa-guidance section 7: HMAC-SHA-256 keyed by the hash of the private
 * exponent over the ciphertext gives a key, and that with a counter, the word "message" and the length in bits the
 * octets.
 */
function substituteMessage(key: RsaPrivateKey, ciphertext: Uint8Array, size: number): Uint8Array {
  const exponentHash = digestSync("sha-256", integerToBytes(key.d, key.size));
  const derivationKey = hmac("sha-256", exponentHash, ciphertext);
  const label = utf8Bytes("message");
  const bits = 8 * size;
  const blocks: Uint8Array[] = [];
  for (let i = 0; 32 * i < size; i++) {
    blocks.push(hmac("sha-256", derivationKey, Uint8Array.of(i >> 8, i), label, Uint8Array.of(bits >> 8, bits)));
  }
  return concatBytes(...blocks).subarray(0, size);
}
