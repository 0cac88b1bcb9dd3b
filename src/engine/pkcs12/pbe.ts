import type { AlgorithmIdentifier } from "../asn1/algorithm-identifier.ts";
import { Asn1Reader } from "../asn1/reader.ts";
import { concatBytes } from "../bytes/concat.ts";
import { SmimeError } from "../errors.ts";
import { paddingLength } from "../primitives/cbc-padding.ts";
import { decryptRc2Cbc } from "../primitives/rc2.ts";
import { rc4 } from "../primitives/rc4.ts";
import { decryptDesCbc } from "../primitives/des.ts";
import { spendIterations, type IterationBudget } from "./iteration-budget.ts";
import { KdfPurpose, pkcs12Kdf } from "./kdf.ts";
import { Pbe, Pkcs5 } from "./oids.ts";
import type { Passphrase } from "./passphrase.ts";
import { decryptPbes2 } from "./pbes2.ts";
import { unsupportedAlgorithm } from "./unsupported.ts";

/** One of RFC 7292 appendix C; lengths in octets. */
interface Scheme {
  readonly keyLength: number;
  /** 0 for a stream cipher. */
  readonly ivLength: number;
  /** `null` where the blocks or their padding are broken. */
  readonly decrypt: (key: Uint8Array, iv: Uint8Array, ciphertext: Uint8Array) => Uint8Array | null;
}

const BLOCK = 8;

const SCHEMES: ReadonlyMap<string, Scheme> = new Map([
  [Pbe.sha1And128BitRc4, { keyLength: 16, ivLength: 0, decrypt: (key, _, ciphertext) => rc4(key, ciphertext) }],
  [Pbe.sha1And40BitRc4, { keyLength: 5, ivLength: 0, decrypt: (key, _, ciphertext) => rc4(key, ciphertext) }],
  [Pbe.sha1And3KeyTripleDes, blockScheme(24, decryptDesCbc)],
  // Two keys: the first is the third too.
  [
    Pbe.sha1And2KeyTripleDes,
    blockScheme(16, (key, iv, ciphertext) => decryptDesCbc(concatBytes(key, key.subarray(0, BLOCK)), iv, ciphertext)),
  ],
  [Pbe.sha1And128BitRc2, blockScheme(16, (key, iv, ciphertext) => decryptRc2Cbc(key, 128, iv, ciphertext))],
  [Pbe.sha1And40BitRc2, blockScheme(5, (key, iv, ciphertext) => decryptRc2Cbc(key, 40, iv, ciphertext))],
]);

function blockScheme(
  keyLength: number,
  decryptCbc: (key: Uint8Array, iv: Uint8Array, ciphertext: Uint8Array) => Uint8Array,
): Scheme {
  const decrypt: Scheme["decrypt"] = (key, iv, ciphertext) => {
    const padded = decryptCbc(key, iv, ciphertext);
    const padding = paddingLength(padded, BLOCK);
    return padding === 0 || padded.length !== ciphertext.length ? null : padded.subarray(0, padded.length - padding);
  };
  return { keyLength, ivLength: BLOCK, decrypt };
}

/**
 * Decrypts what a passphrase protects: by PBES2, or by `pkcs-12PbeParams ::= SEQUENCE { salt OCTET STRING,
 * iterations INTEGER }` (RFC 7292 appendix C).
 *
 * @throws {SmimeError} `pkcs12.wrong-passphrase` where it does not decrypt, `unsupported.algorithm`,
 *   `limit.exceeded`, `malformed.pkcs12`, `malformed.asn1`
 */
export async function decryptWithPassphrase(
  algorithm: AlgorithmIdentifier,
  ciphertext: Uint8Array,
  passphrase: Passphrase,
  budget: IterationBudget,
): Promise<Uint8Array> {
  const plaintext =
    algorithm.oid === Pkcs5.pbes2
      ? await decryptPbes2(algorithm, ciphertext, passphrase, budget)
      : decryptPbe(algorithm, ciphertext, passphrase, budget);
  if (plaintext === null) throw new SmimeError("pkcs12.wrong-passphrase");
  return plaintext;
}

function decryptPbe(
  { oid, parameters }: AlgorithmIdentifier,
  ciphertext: Uint8Array,
  { bmp }: Passphrase,
  budget: IterationBudget,
): Uint8Array | null {
  const scheme = SCHEMES.get(oid);
  if (scheme === undefined) throw unsupportedAlgorithm(oid);
  if (parameters === null) throw new SmimeError("malformed.pkcs12", { reason: "pbe-parameters" });
  const fields = new Asn1Reader(parameters.bytes, "ber").sequence();
  const salt = fields.octetString();
  const iterations = fields.smallInteger();
  fields.end();
  spendIterations(budget, iterations);
  const key = pkcs12Kdf("sha-1", KdfPurpose.key, bmp, salt, iterations, scheme.keyLength);
  const iv = pkcs12Kdf("sha-1", KdfPurpose.iv, bmp, salt, iterations, scheme.ivLength);
  return scheme.decrypt(key, iv, ciphertext);
}
