import { cbc, gcm } from "@noble/ciphers/aes.js";
import { Cipher } from "../asn1/oids.ts";
import { equalBytesConstantTime } from "../bytes/equal.ts";
import { type Pieces, contiguous, piecesLength } from "../bytes/pieces.ts";
import { SmimeError } from "../errors.ts";
import { cbcLength, decryptCbcChunks, encryptCbcChunks } from "./cbc-chunks.ts";
import { paddingLength } from "./cbc-padding.ts";
import { decryptTripleDesCbc } from "./triple-des.ts";

export type CipherName =
  "aes-128-cbc" | "aes-192-cbc" | "aes-256-cbc" | "aes-128-gcm" | "aes-192-gcm" | "aes-256-gcm" | "des-ede3-cbc";

/** A content-encryption algorithm; lengths in octets. */
export interface ContentCipher {
  readonly name: CipherName;
  readonly mode: "cbc" | "gcm";
  readonly keyLength: number;
  /** Of the initialization vector or nonce: what CBC demands, and what RFC 5084 section 3.2 recommends for GCM. */
  readonly ivLength: number;
}

/** What stands beside the ciphertext. */
export interface CipherParameters {
  readonly iv: Uint8Array;
  /** GCM: octets of the tag at the end of the ciphertext, 12 to 16 (RFC 5084 section 3.2). CBC: 0. */
  readonly tagLength: number;
}

export const CIPHERS: Readonly<Record<CipherName, ContentCipher>> = {
  "aes-128-cbc": { name: "aes-128-cbc", mode: "cbc", keyLength: 16, ivLength: 16 },
  "aes-192-cbc": { name: "aes-192-cbc", mode: "cbc", keyLength: 24, ivLength: 16 },
  "aes-256-cbc": { name: "aes-256-cbc", mode: "cbc", keyLength: 32, ivLength: 16 },
  "aes-128-gcm": { name: "aes-128-gcm", mode: "gcm", keyLength: 16, ivLength: 12 },
  "aes-192-gcm": { name: "aes-192-gcm", mode: "gcm", keyLength: 24, ivLength: 12 },
  "aes-256-gcm": { name: "aes-256-gcm", mode: "gcm", keyLength: 32, ivLength: 12 },
  "des-ede3-cbc": { name: "des-ede3-cbc", mode: "cbc", keyLength: 24, ivLength: 8 },
};

const OIDS: Readonly<Record<CipherName, string>> = {
  "aes-128-cbc": Cipher.aes128Cbc,
  "aes-192-cbc": Cipher.aes192Cbc,
  "aes-256-cbc": Cipher.aes256Cbc,
  "aes-128-gcm": Cipher.aes128Gcm,
  "aes-192-gcm": Cipher.aes192Gcm,
  "aes-256-gcm": Cipher.aes256Gcm,
  "des-ede3-cbc": Cipher.desEde3Cbc,
};

const BY_OID: ReadonlyMap<string, ContentCipher> = new Map(
  Object.values(CIPHERS).map((cipher) => [OIDS[cipher.name], cipher]),
);

/** Octets of a GCM tag: the longest there is, and all that noble knows. */
const MAX_TAG_LENGTH = 16;
/** `AES-GCM-ICVlen ::= INTEGER (12 | 13 | 14 | 15 | 16)` (RFC 5084 section 3.2); shorter ones are forged (attack 60). */
const MIN_TAG_LENGTH = 12;

const NOTHING: Uint8Array = new Uint8Array(0);

/** `null` for an algorithm that is not read. */
export function cipherByOid(oid: string): ContentCipher | null {
  return BY_OID.get(oid) ?? null;
}

export function cipherOid({ name }: ContentCipher): string {
  return OIDS[name];
}

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
 * @throws {SmimeError} `unsupported.algorithm` for 3DES, which is not written
 */
export function encryptCbc(
  { name, mode }: ContentCipher,
  key: Uint8Array,
  iv: Uint8Array,
  plaintext: Pieces,
): CiphertextChunks {
  if (name === "des-ede3-cbc" || mode !== "cbc") throw new SmimeError("unsupported.algorithm", { cipher: name });
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
 * Decrypts a content; with GCM the tag stands at its end.
 *
 * @throws {SmimeError} `decrypt.failed` for everything: lengths, padding, tag
 */
export async function decryptContent(
  cipher: ContentCipher,
  key: Uint8Array,
  parameters: CipherParameters,
  ciphertext: Uint8Array,
  aad: Uint8Array = NOTHING,
): Promise<Uint8Array> {
  try {
    if (key.length !== cipher.keyLength) throw new SmimeError("decrypt.failed");
    if (cipher.mode === "gcm") return await decryptGcm(key, parameters, ciphertext, aad);
    if (parameters.iv.length !== cipher.ivLength) throw new SmimeError("decrypt.failed");
    return cipher.name === "des-ede3-cbc"
      ? decryptTripleDes(key, parameters.iv, ciphertext)
      : await decryptAesCbc(key, parameters.iv, ciphertext);
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
  const isAesCbc = cipher.mode === "cbc" && cipher.name !== "des-ede3-cbc";
  const imported = isAesCbc ? await importAesKey("cbc", key) : null;
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

async function decryptAesCbc(key: Uint8Array, iv: Uint8Array, ciphertext: Uint8Array): Promise<Uint8Array> {
  const imported = await importAesKey("cbc", key);
  if (imported === null) return cbc(key, iv).decrypt(ciphertext);
  const plaintext = await crypto.subtle.decrypt({ name: "AES-CBC", iv }, imported, ciphertext);
  // Node holds its copy of the ciphertext until its event loop turns, which this waits for.
  await crypto.subtle.digest("SHA-256", NOTHING);
  return new Uint8Array(plaintext);
}

function decryptTripleDes(key: Uint8Array, iv: Uint8Array, ciphertext: Uint8Array): Uint8Array {
  const padded = decryptTripleDesCbc(key, iv, ciphertext);
  const padding = paddingLength(padded, 8);
  if (padding === 0 || padded.length !== ciphertext.length) throw new SmimeError("decrypt.failed");
  return padded.subarray(0, padded.length - padding);
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
