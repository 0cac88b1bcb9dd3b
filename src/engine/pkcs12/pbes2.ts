import { readAlgorithmIdentifier, type AlgorithmIdentifier } from "../asn1/algorithm-identifier.ts";
import { Cipher } from "../asn1/oids.ts";
import { Asn1Reader } from "../asn1/reader.ts";
import { Tag } from "../asn1/tag.ts";
import { SmimeError } from "../errors.ts";
import { paddingLength } from "../primitives/cbc-padding.ts";
import { cipherByOid } from "../primitives/cipher-registry.ts";
import { decryptContent } from "../primitives/content-cipher.ts";
import { decryptRc2Cbc } from "../primitives/rc2.ts";
import type { IterationBudget } from "./iteration-budget.ts";
import type { Passphrase } from "./passphrase.ts";
import { deriveWithPbkdf2, readPbkdf2Params, type Pbkdf2Params } from "./pbkdf2-params.ts";
import { unsupportedAlgorithm } from "./unsupported.ts";

/** What decrypts under a derived key; `null` where the padding is broken. Lengths in octets. */
interface EncryptionScheme {
  readonly keyLength: number;
  decrypt(key: Uint8Array, ciphertext: Uint8Array): Promise<Uint8Array | null>;
}

/**
 * PBES2 (RFC 8018 section 6.2): `PBES2-params ::= SEQUENCE { keyDerivationFunc AlgorithmIdentifier,
 * encryptionScheme AlgorithmIdentifier }`, with PBKDF2, and AES, DES-EDE3 or RC2 in CBC mode. `null` where it does not
 * decrypt.
 *
 * @throws {SmimeError} `unsupported.algorithm`, `limit.exceeded`, `malformed.pkcs12`, `malformed.asn1`
 */
export async function decryptPbes2(
  { parameters }: AlgorithmIdentifier,
  ciphertext: Uint8Array,
  passphrase: Passphrase,
  budget: IterationBudget,
): Promise<Uint8Array | null> {
  if (parameters === null) throw new SmimeError("malformed.pkcs12", { reason: "pbes2-parameters" });
  const fields = new Asn1Reader(parameters.bytes, "ber").sequence();
  const derivation = readPbkdf2Params(readAlgorithmIdentifier(fields));
  const scheme = readEncryptionScheme(readAlgorithmIdentifier(fields), derivation);
  fields.end();
  // Old NSS takes the BMPString here too (Mozilla bug 1268141), so that is tried where UTF-8 fails.
  for (const octets of [passphrase.utf8, passphrase.bmp]) {
    const key = await deriveWithPbkdf2(derivation, octets, scheme.keyLength, budget);
    const plaintext = await scheme.decrypt(key, ciphertext);
    if (plaintext !== null) return plaintext;
  }
  return null;
}

/** RFC 8018 appendix B.2 and RFC 3565 section 4.1. */
function readEncryptionScheme({ oid, parameters }: AlgorithmIdentifier, derivation: Pbkdf2Params): EncryptionScheme {
  const cipher = cipherByOid(oldNssCipher(oid, derivation.keyLength) ?? oid);
  if (cipher?.mode !== "cbc" && oid !== Cipher.rc2Cbc) throw unsupportedAlgorithm(oid);
  if (parameters === null) throw new SmimeError("malformed.pkcs12", { reason: "encryption-parameters" });
  const fields = new Asn1Reader(parameters.bytes, "ber");
  if (cipher === null) return readRc2Scheme(fields.sequence(), derivation);
  const iv = fields.octetString();
  if (derivation.keyLength !== null && derivation.keyLength !== cipher.keyLength) {
    throw new SmimeError("malformed.pkcs12", { reason: "pbkdf2-key-length", length: derivation.keyLength });
  }
  return {
    keyLength: cipher.keyLength,
    async decrypt(key, ciphertext) {
      try {
        return await decryptContent(cipher, key, { iv, tagLength: 0 }, ciphertext);
      } catch {
        return null;
      }
    },
  };
}

/** What NSS up to 3.29 encrypted with where it named AES-128 or AES-192: it took as long a key as it had derived. */
function oldNssCipher(oid: string, keyLength: number | null): string | null {
  return keyLength === 32 && (oid === Cipher.aes128Cbc || oid === Cipher.aes192Cbc) ? Cipher.aes256Cbc : null;
}

/** RFC 8018 appendix B.2.3: the numbers that stand for lengths in bits. */
const RC2_BITS: ReadonlyMap<number, number> = new Map([
  [160, 40],
  [120, 64],
  [58, 128],
]);
const RC2_BLOCK = 8;

/** `RC2-CBC-Parameter ::= SEQUENCE { rc2ParameterVersion INTEGER OPTIONAL, iv OCTET STRING }`; 32 bits by default */
function readRc2Scheme(fields: Asn1Reader, { keyLength }: Pbkdf2Params): EncryptionScheme {
  const bits = fields.nextTag === Tag.Integer ? RC2_BITS.get(fields.smallInteger()) : 32;
  const iv = fields.octetString();
  fields.end();
  if (bits === undefined) throw new SmimeError("unsupported.algorithm", { oid: Cipher.rc2Cbc });
  if (keyLength === null || keyLength < 1 || keyLength > 128 || iv.length !== RC2_BLOCK) {
    throw new SmimeError("malformed.pkcs12", { reason: "rc2-parameters" });
  }
  return {
    keyLength,
    decrypt: (key, ciphertext) => {
      const padded = decryptRc2Cbc(key, bits, iv, ciphertext);
      const padding = padded.length === ciphertext.length ? paddingLength(padded, RC2_BLOCK) : 0;
      return Promise.resolve(padding === 0 ? null : padded.subarray(0, padded.length - padding));
    },
  };
}
