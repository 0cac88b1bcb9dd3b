import { cbc, ctr } from "@noble/ciphers/aes.js";
import { concatBytes } from "../bytes/concat.ts";
import { equalBytesConstantTime } from "../bytes/equal.ts";
import { SmimeError } from "../errors.ts";

const BLOCK = 16;

/**
 * AES-CCM decryption (RFC 3610 section 2, NIST SP 800-38C), which no WebCrypto has; tags and nonces as RFC 5084 section
 * 3.1 allows them.
 *
 * @param nonce 7 to 13 octets
 * @param ciphertext with the tag at its end
 * @throws {SmimeError} `decrypt.failed`
 */
export function decryptAesCcm(
  key: Uint8Array,
  nonce: Uint8Array,
  tagLength: number,
  ciphertext: Uint8Array,
  aad: Uint8Array,
): Uint8Array {
  const size = ciphertext.length - tagLength;
  if (size < 0 || nonce.length < 7 || nonce.length > 13) throw new SmimeError("decrypt.failed");
  // A_i is flags, nonce and counter: the key stream begins with S_0, which hides the tag.
  const start = concatBytes(Uint8Array.of(14 - nonce.length), nonce, new Uint8Array(15 - nonce.length));
  const padded = concatBytes(new Uint8Array(BLOCK), ciphertext.subarray(0, size));
  padded.set(ciphertext.subarray(size));
  const opened = ctr(key, start).decrypt(padded);
  const plaintext = opened.subarray(BLOCK);
  const tag = opened.subarray(0, tagLength);
  const expected = cbcMac(key, macInput(nonce, tagLength, plaintext, aad)).subarray(0, tagLength);
  if (!equalBytesConstantTime(expected, tag)) throw new SmimeError("decrypt.failed");
  return plaintext;
}

/** B_0, the additional data with its length, and the message, each filled up to whole blocks (RFC 3610 section 2.2). */
function macInput(nonce: Uint8Array, tagLength: number, message: Uint8Array, aad: Uint8Array): Uint8Array {
  const lengthSize = 15 - nonce.length;
  const flags = (aad.length > 0 ? 0x40 : 0) | (((tagLength - 2) / 2) << 3) | (lengthSize - 1);
  const block = new Uint8Array(BLOCK);
  block[0] = flags;
  block.set(nonce, 1);
  for (let i = BLOCK - 1, rest = message.length; i > nonce.length && rest > 0; i--, rest = Math.floor(rest / 256)) {
    block[i] = rest % 256;
  }
  return concatBytes(block, wholeBlocks(concatBytes(aadLength(aad.length), aad)), wholeBlocks(message));
}

function aadLength(length: number): Uint8Array {
  if (length === 0) return new Uint8Array(0);
  if (length < 0xff00) return Uint8Array.of(length >>> 8, length);
  return Uint8Array.of(0xff, 0xfe, length >>> 24, length >>> 16, length >>> 8, length);
}

function wholeBlocks(octets: Uint8Array): Uint8Array {
  const blocks = new Uint8Array(Math.ceil(octets.length / BLOCK) * BLOCK);
  blocks.set(octets);
  return blocks;
}

function cbcMac(key: Uint8Array, blocks: Uint8Array): Uint8Array {
  return cbc(key, new Uint8Array(BLOCK), { disablePadding: true }).encrypt(blocks).subarray(-BLOCK);
}
