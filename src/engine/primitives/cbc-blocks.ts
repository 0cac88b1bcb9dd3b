import { cbc } from "@noble/ciphers/aes.js";
import { SmimeError } from "../errors.ts";
import { type ContentCipher, isAesCbc } from "./cipher-registry.ts";
import { decryptDesCbc } from "./des.ts";

/**
 * CBC decryption of whole blocks, with no padding to take off: AES and 3DES, as key-encryption algorithms use them.
 *
 * @throws {SmimeError} `unsupported.algorithm` for other ciphers, `decrypt.failed` for lengths
 */
export function decryptCbcBlocks(
  cipher: ContentCipher,
  key: Uint8Array,
  iv: Uint8Array,
  blocks: Uint8Array,
): Uint8Array {
  if (!isAesCbc(cipher) && cipher.name !== "des-ede3-cbc") {
    throw new SmimeError("unsupported.algorithm", { cipher: cipher.name });
  }
  if (key.length !== cipher.keyLength || iv.length !== cipher.ivLength || blocks.length % cipher.ivLength !== 0) {
    throw new SmimeError("decrypt.failed");
  }
  if (!isAesCbc(cipher)) return decryptDesCbc(key, iv, blocks);
  return cbc(key, iv, { disablePadding: true }).decrypt(blocks);
}
