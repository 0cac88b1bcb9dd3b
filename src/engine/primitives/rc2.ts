import rc2 from "node-forge/lib/rc2.js";
import { latin1Bytes, latin1Text } from "../bytes/text.ts";

/** node-forge keeps its input and output in strings, so they go through it in pieces; whole blocks of 8 octets. */
const PIECE = 8192;

/**
 * RC2-CBC decryption (RFC 2268) without removal of padding, for old PKCS#12 files and old mail.
 *
 * @param iv 8 octets
 * @param ciphertext whole blocks; an incomplete last one is left out
 */
export function decryptRc2Cbc(
  key: Uint8Array,
  effectiveKeyBits: number,
  iv: Uint8Array,
  ciphertext: Uint8Array,
): Uint8Array {
  const cipher = rc2.createDecryptionCipher(latin1Text(key), effectiveKeyBits);
  cipher.start(latin1Text(iv));
  const plaintext = new Uint8Array(ciphertext.length - (ciphertext.length % 8));
  for (let offset = 0; offset < plaintext.length; offset += PIECE) {
    const piece = ciphertext.subarray(offset, Math.min(offset + PIECE, plaintext.length));
    cipher.update({ getBytes: () => latin1Text(piece) });
    plaintext.set(latin1Bytes(cipher.output.getBytes()), offset);
  }
  return plaintext;
}
