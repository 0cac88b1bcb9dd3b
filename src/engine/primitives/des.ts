import des from "node-forge/lib/des.js";
import { latin1Text } from "../bytes/text.ts";

const BLOCK_SIZE = 8;

/**
 * DES-EDE3-CBC (RFC 3370 section 5.1) or DES-CBC decryption without removal of padding. The block function is
 * node-forge's; chaining is done here on typed arrays, since node-forge's own keeps everything in strings.
 *
 * @param key 24 octets, or 8 for single DES; parity bits are not looked at
 * @param iv 8 octets
 * @param ciphertext whole blocks; an incomplete last one is left out
 */
export function decryptDesCbc(key: Uint8Array, iv: Uint8Array, ciphertext: Uint8Array): Uint8Array {
  const cipher = blockCipher(key);
  const input = new DataView(ciphertext.buffer, ciphertext.byteOffset, ciphertext.byteLength);
  const size = ciphertext.length - (ciphertext.length % BLOCK_SIZE);
  const plaintext = new Uint8Array(size);
  const output = new DataView(plaintext.buffer);
  const chain = new DataView(iv.buffer, iv.byteOffset, iv.byteLength);
  let previousLeft = chain.getInt32(0);
  let previousRight = chain.getInt32(4);
  const block = new Int32Array(2);
  const opened = new Int32Array(2);
  for (let offset = 0; offset < size; offset += BLOCK_SIZE) {
    const left = (block[0] = input.getInt32(offset));
    const right = (block[1] = input.getInt32(offset + 4));
    cipher.decrypt(block, opened);
    output.setInt32(offset, opened[0]! ^ previousLeft);
    output.setInt32(offset + 4, opened[1]! ^ previousRight);
    previousLeft = left;
    previousRight = right;
  }
  return plaintext;
}

function blockCipher(key: Uint8Array) {
  // The mode is only asked for its constructor's argument: the block functions.
  class Blocks {
    readonly cipher;
    constructor(options: { cipher: InstanceType<typeof des.Algorithm>["mode"]["cipher"] }) {
      this.cipher = options.cipher;
    }
  }
  const algorithm = new des.Algorithm(key.length === 8 ? "DES-ECB" : "3DES-ECB", Blocks);
  algorithm.initialize({ key: latin1Text(key) });
  return algorithm.mode.cipher;
}
