import { readAlgorithmIdentifier } from "../../asn1/algorithm-identifier.ts";
import { Cipher } from "../../asn1/oids.ts";
import { Asn1Reader } from "../../asn1/reader.ts";
import { concatBytes } from "../../bytes/concat.ts";
import { utf8Bytes } from "../../bytes/text.ts";
import { SmimeError } from "../../errors.ts";
import type { IterationBudget } from "../../pkcs12/iteration-budget.ts";
import { deriveWithPbkdf2, type Pbkdf2Params, readPbkdf2Params } from "../../pkcs12/pbkdf2-params.ts";
import { decryptCbcBlocks } from "../../primitives/cbc-blocks.ts";
import { type ContentEncryption, readContentEncryption } from "../content-encryption-algorithm.ts";
import { readingCms } from "../content-info.ts";
import type { PasswordRecipientInfo } from "./recipient-info.ts";

/** PBKDF2, and a cipher in the manner of id-alg-PWRI-KEK (RFC 3211 section 2.3, RFC 3370 section 4.4). */
export interface PasswordEncryption {
  readonly derivation: Pbkdf2Params;
  readonly encryption: ContentEncryption;
}

/** `null` where an algorithm is unknown here, or the key is not to be derived from a password. */
export function readPasswordEncryption(info: PasswordRecipientInfo): PasswordEncryption | null {
  const { keyDerivationAlgorithm, keyEncryptionAlgorithm } = info;
  const { parameters } = keyEncryptionAlgorithm;
  if (!keyDerivationAlgorithm || keyEncryptionAlgorithm.oid !== Cipher.pwriKek || !parameters) return null;
  try {
    const derivation = readPbkdf2Params(keyDerivationAlgorithm);
    const inner = readingCms(() => readAlgorithmIdentifier(new Asn1Reader(parameters.bytes, "ber")));
    const encryption = readContentEncryption(inner);
    return encryption?.cipher.mode === "cbc" ? { derivation, encryption } : null;
  } catch (error) {
    if (error instanceof SmimeError) return null;
    throw error;
  }
}

/**
 * The content-encryption key by a password (RFC 5652 section 6.2.4), in UTF-8.
 *
 * @throws {SmimeError} `decrypt.failed`, `limit.exceeded`, `unsupported.algorithm`
 */
export async function recoverByPassword(
  { derivation, encryption }: PasswordEncryption,
  { encryptedKey }: PasswordRecipientInfo,
  password: string,
  budget: IterationBudget,
): Promise<Uint8Array> {
  const kek = await deriveWithPbkdf2(derivation, utf8Bytes(password), encryption.cipher.keyLength, budget);
  return unwrapPwri(encryption, kek, encryptedKey);
}

/** RFC 3211 section 2.3.2: `CEK byte count || check value || CEK || padding`, enciphered twice in CBC. */
function unwrapPwri({ cipher, iv }: ContentEncryption, kek: Uint8Array, wrapped: Uint8Array): Uint8Array {
  const block = cipher.ivLength;
  const last = wrapped.length - block;
  if (last < block) throw new SmimeError("decrypt.failed");
  // Step 1: the last block of the outer layer, with the one before as its vector.
  const end = decryptCbcBlocks(cipher, kek, wrapped.subarray(last - block, last), wrapped.subarray(last));
  // Step 2: it is the vector of the blocks before.
  const start = decryptCbcBlocks(cipher, kek, end, wrapped.subarray(0, last));
  // Step 3: the inner layer.
  const opened = decryptCbcBlocks(cipher, kek, iv, concatBytes(start, end));
  const length = opened[0]!;
  const key = opened.subarray(4, 4 + length);
  const check = (opened[1]! ^ opened[4]!) & (opened[2]! ^ opened[5]!) & (opened[3]! ^ opened[6]!);
  if (key.length !== length || length < 3 || check !== 0xff) throw new SmimeError("decrypt.failed");
  return key;
}
