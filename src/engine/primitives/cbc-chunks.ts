import { type Pieces, chunksOf } from "../bytes/pieces.ts";

/**
 * Octets that WebCrypto is given at once. It copies what it gets and makes a new array of what it gives, so that a
 * message of 25 MB in one call takes three times its size; in chunks, one is enciphered while another is written.
 */
export const CBC_CHUNK = 524_288;
const BLOCK = 16;

/** Octets of the ciphertext, with PKCS#7 padding (RFC 5652 section 6.3). */
export function cbcLength(plaintextLength: number): number {
  return plaintextLength - (plaintextLength % BLOCK) + BLOCK;
}

/**
 * AES-CBC with PKCS#7 padding over chunks: the last block of a chunk's ciphertext is the initialization vector of the
 * next one (NIST SP 800-38A section 6.2). WebCrypto pads every chunk; the padding of all but the last is dropped.
 */
export async function* encryptCbcChunks(key: CryptoKey, iv: Uint8Array, plaintext: Pieces): AsyncGenerator<Uint8Array> {
  let vector = iv;
  let ready: Uint8Array | null = null;
  for (const chunk of chunksOf(plaintext, CBC_CHUNK)) {
    const job = crypto.subtle.encrypt({ name: "AES-CBC", iv: vector }, key, chunk);
    // The reader works on this while WebCrypto enciphers the next one.
    if (ready) yield ready.subarray(0, CBC_CHUNK);
    ready = new Uint8Array(await job);
    vector = ready.slice(CBC_CHUNK - BLOCK, CBC_CHUNK);
  }
  if (ready) yield ready;
}

/**
 * The reverse of `encryptCbcChunks`. What is read of the ciphertext is not read again: the reader may put each chunk of
 * the plaintext in the place of its ciphertext. WebCrypto demands padding at the end of every chunk: behind all but the last
 * stand two blocks more, of which the second decrypts to nothing but padding after the first.
 *
 * @throws whatever WebCrypto throws for wrong lengths and padding, at the last chunk
 */
export async function* decryptCbcChunks(
  key: CryptoKey,
  iv: Uint8Array,
  ciphertext: Uint8Array,
): AsyncGenerator<Uint8Array> {
  const padded = new Uint8Array(CBC_CHUNK + 2 * BLOCK);
  const zero = new Uint8Array(BLOCK);
  if (ciphertext.length > CBC_CHUNK) {
    const padding = await crypto.subtle.encrypt({ name: "AES-CBC", iv: zero }, key, new Uint8Array(0));
    padded.set(new Uint8Array(padding), CBC_CHUNK + BLOCK);
  }
  let vector = iv;
  let ready: Uint8Array | null = null;
  let start = 0;
  for (; ciphertext.length - start > CBC_CHUNK; start += CBC_CHUNK) {
    padded.set(ciphertext.subarray(start, start + CBC_CHUNK));
    const job = crypto.subtle.decrypt({ name: "AES-CBC", iv: vector }, key, padded);
    if (ready) yield ready;
    ready = new Uint8Array(await job, 0, CBC_CHUNK);
    vector = ciphertext.slice(start + CBC_CHUNK - BLOCK, start + CBC_CHUNK);
  }
  if (ready) yield ready;
  yield new Uint8Array(await crypto.subtle.decrypt({ name: "AES-CBC", iv: vector }, key, ciphertext.subarray(start)));
}
