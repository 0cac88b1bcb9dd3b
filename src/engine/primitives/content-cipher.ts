import { cbc, gcm } from "@noble/ciphers/aes.js";
import { equalBytesConstantTime } from "../bytes/equal.ts";
import { type Pieces, contiguous, piecesLength } from "../bytes/pieces.ts";
import { SmimeError } from "../errors.ts";
import { decryptAesCcm } from "./aes-ccm.ts";
import { cbcLength, decryptCbcChunks, encryptCbcChunks } from "./cbc-chunks.ts";
import { paddingLength } from "./cbc-padding.ts";
import { type ContentCipher, isAesCbc, keyLengths, type ReadCipherName } from "./cipher-registry.ts";
import { decryptDesCbc } from "./des.ts";
import { decryptRc2Cbc } from "./rc2.ts";

/** What stands beside the ciphertext. */
export interface CipherParameters {
  readonly iv: Uint8Array;
  /** GCM and CCM: octets of the tag at the end of the ciphertext, 12 to 16 (RFC 5084 section 3). CBC: 0. */
  readonly tagLength: number;
}

/** Octets of a tag: the longest there is, and all that noble knows. */
const MAX_TAG_LENGTH = 16;
/** `AES-GCM-ICVlen ::= INTEGER (12 | 13 | 14 | 15 | 16)` (RFC 5084 section 3.2); shorter ones are forged (attack 60). */
const MIN_TAG_LENGTH = 12;

const NOTHING: Uint8Array = new Uint8Array(0);

/** A fresh random key. One key encrypts one content, so that no nonce recurs under it. */
export function generateContentKey({ keyLength }: ContentCipher): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(keyLength));
}

/** A fresh random initialization vector or nonce. */
export function generateIv({ ivLength }: ContentCipher): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(ivLength));
}

/** A ciphertext that is made while it is read, once; its length is known before. */
export interface CiphertextChunks {
  readonly length: number;
  readonly chunks: AsyncIterable<Uint8Array>;
}

/**
 * Encrypts a content with AES-CBC and PKCS#7 padding (RFC 5652 section 6.3).
 *
 * @throws {SmimeError} `unsupported.algorithm` for other ciphers
 */
export function encryptCbc(
  cipher: ContentCipher,
  key: Uint8Array,
  iv: Uint8Array,
  plaintext: Pieces,
): CiphertextChunks {
  if (!isAesCbc(cipher)) throw new SmimeError("unsupported.algorithm", { cipher: cipher.name });
  return { length: cbcLength(piecesLength(plaintext)), chunks: aesCbcCiphertext(key, iv, plaintext) };
}

async function* aesCbcCiphertext(key: Uint8Array, iv: Uint8Array, plaintext: Pieces): AsyncGenerator<Uint8Array> {
  const imported = await importAesKey("cbc", key);
  if (imported === null) yield cbc(key, iv).encrypt(contiguous(plaintext));
  else yield* encryptCbcChunks(imported, iv, plaintext);
}

/**
 * Encrypts a content with AES-GCM; the tag of 16 octets, which covers `aad` too, stands at the end (RFC 5084).
 *
 * @throws {SmimeError} `unsupported.algorithm` for other ciphers
 */
export async function encryptGcm(
  { name, mode }: ContentCipher,
  key: Uint8Array,
  iv: Uint8Array,
  plaintext: Uint8Array,
  aad: Uint8Array = NOTHING,
): Promise<Uint8Array> {
  if (mode !== "gcm") throw new SmimeError("unsupported.algorithm", { cipher: name });
  const imported = await importAesKey("gcm", key);
  if (imported === null) return gcm(key, iv, aad).encrypt(plaintext);
  return new Uint8Array(await crypto.subtle.encrypt(gcmAlgorithm(iv, MAX_TAG_LENGTH, aad), imported, plaintext));
}

/**
 * What becomes of a ciphertext that is decrypted. "given": nobody else reads it or will need it again, and the plaintext
 * may take its place, which saves a large message its own size in memory.
 */
export type CiphertextUse = "kept" | "given";

/**
 * Decrypts a content; with GCM and CCM the tag stands at its end. A ciphertext that is given may be overwritten whether
 * it can be decrypted or not.
 *
 * @throws {SmimeError} `decrypt.failed` for everything: lengths, padding, tag
 */
export async function decryptContent(
  cipher: ContentCipher,
  key: Uint8Array,
  parameters: CipherParameters,
  ciphertext: Uint8Array,
  aad: Uint8Array = NOTHING,
  use: CiphertextUse = "kept",
): Promise<Uint8Array> {
  try {
    if (!keyLengths(cipher).includes(key.length)) throw new SmimeError("decrypt.failed");
    if (cipher.mode === "gcm") return await decryptGcm(key, parameters, ciphertext, aad);
    if (cipher.mode === "ccm") return decryptCcm(key, parameters, ciphertext, aad);
    if (parameters.iv.length !== cipher.ivLength) throw new SmimeError("decrypt.failed");
    return isAesCbc(cipher)
      ? await decryptAesCbc(key, parameters.iv, ciphertext, use === "given" ? ciphertext : null)
      : decryptOldCbc(cipher.name, key, parameters.iv, ciphertext);
  } catch {
    // No cause: whether it was the padding is what an attacker asks (RFC 3218, RFC 5652 section 6.3).
    throw new SmimeError("decrypt.failed");
  }
}

/**
 * As `decryptContent`, in chunks where that can be: for whoever compares only. What was given before it throws must not
 * be used.
 *
 * @throws {SmimeError} `decrypt.failed`
 */
export async function* decryptChunks(
  cipher: ContentCipher,
  key: Uint8Array,
  parameters: CipherParameters,
  ciphertext: Uint8Array,
  aad: Uint8Array = NOTHING,
): AsyncGenerator<Uint8Array> {
  const imported = isAesCbc(cipher) ? await importAesKey("cbc", key) : null;
  if (imported === null) {
    yield await decryptContent(cipher, key, parameters, ciphertext, aad);
    return;
  }
  try {
    yield* decryptCbcChunks(imported, parameters.iv, ciphertext);
  } catch {
    throw new SmimeError("decrypt.failed");
  }
}

/** @param place where the plaintext goes, which may be that of the ciphertext; `null` for a new one */
async function decryptAesCbc(
  key: Uint8Array,
  iv: Uint8Array,
  ciphertext: Uint8Array,
  place: Uint8Array | null,
): Promise<Uint8Array> {
  const imported = await importAesKey("cbc", key);
  if (imported === null) return cbc(key, iv).decrypt(ciphertext);
  const plaintext = place ?? new Uint8Array(ciphertext.length);
  let length = 0;
  for await (const chunk of decryptCbcChunks(imported, iv, ciphertext)) {
    plaintext.set(chunk, length);
    length += chunk.length;
  }
  return plaintext.subarray(0, length);
}

function decryptOldCbc(name: ReadCipherName, key: Uint8Array, iv: Uint8Array, ciphertext: Uint8Array): Uint8Array {
  const bits = RC2_BITS[name];
  const padded = bits === undefined ? decryptDesCbc(key, iv, ciphertext) : decryptRc2Cbc(key, bits, iv, ciphertext);
  const padding = paddingLength(padded, 8);
  if (padding === 0 || padded.length !== ciphertext.length) throw new SmimeError("decrypt.failed");
  return padded.subarray(0, padded.length - padding);
}

const RC2_BITS: Readonly<Partial<Record<ReadCipherName, number>>> = {
  "rc2-40-cbc": 40,
  "rc2-64-cbc": 64,
  "rc2-128-cbc": 128,
};

function decryptCcm(
  key: Uint8Array,
  { iv, tagLength }: CipherParameters,
  ciphertext: Uint8Array,
  aad: Uint8Array,
): Uint8Array {
  // Tags of an odd length are none (NIST SP 800-38C appendix A.1).
  if (tagLength < MIN_TAG_LENGTH || tagLength > MAX_TAG_LENGTH || tagLength % 2 !== 0) {
    throw new SmimeError("decrypt.failed");
  }
  return decryptAesCcm(key, iv, tagLength, ciphertext, aad);
}

async function decryptGcm(
  key: Uint8Array,
  { iv, tagLength }: CipherParameters,
  ciphertext: Uint8Array,
  aad: Uint8Array,
): Promise<Uint8Array> {
  if (tagLength < MIN_TAG_LENGTH || tagLength > MAX_TAG_LENGTH) throw new SmimeError("decrypt.failed");
  if (iv.length === 0 || ciphertext.length < tagLength) throw new SmimeError("decrypt.failed");
  const imported = await importAesKey("gcm", key);
  if (imported !== null) {
    return new Uint8Array(await crypto.subtle.decrypt(gcmAlgorithm(iv, tagLength, aad), imported, ciphertext));
  }
  return decryptGcmWithNoble(key, { iv, tagLength }, ciphertext, aad);
}

/**
 * noble reads tags of 16 octets only. The key stream is the same in both directions, so encrypting the ciphertext
 * opens it, and encrypting that again gives the whole tag to compare with.
 */
function decryptGcmWithNoble(
  key: Uint8Array,
  { iv, tagLength }: CipherParameters,
  ciphertext: Uint8Array,
  aad: Uint8Array,
): Uint8Array {
  const size = ciphertext.length - tagLength;
  const plaintext = gcm(key, iv, aad).encrypt(ciphertext.subarray(0, size)).subarray(0, size);
  const expected = gcm(key, iv, aad).encrypt(plaintext).subarray(size, ciphertext.length);
  if (!equalBytesConstantTime(expected, ciphertext.subarray(size))) throw new SmimeError("decrypt.failed");
  return plaintext;
}

function gcmAlgorithm(iv: Uint8Array, tagLength: number, additionalData: Uint8Array) {
  return { name: "AES-GCM", iv, additionalData, tagLength: 8 * tagLength };
}

/** `null` where the platform lacks the size: Chromium has no AES-192. */
async function importAesKey(mode: "cbc" | "gcm", key: Uint8Array): Promise<CryptoKey | null> {
  try {
    return await crypto.subtle.importKey("raw", key, `AES-${mode.toUpperCase()}`, false, ["encrypt", "decrypt"]);
  } catch {
    return null;
  }
}
