import { readAlgorithmIdentifier, type AlgorithmIdentifier } from "../asn1/algorithm-identifier.ts";
import { Asn1Reader } from "../asn1/reader.ts";
import { SmimeError } from "../errors.ts";
import { cipherByOid, decryptContent } from "../primitives/content-cipher.ts";
import type { IterationBudget } from "./iteration-budget.ts";
import type { Passphrase } from "./passphrase.ts";
import { deriveWithPbkdf2, readPbkdf2Params } from "./pbkdf2-params.ts";

/**
 * PBES2 (RFC 8018 section 6.2): `PBES2-params ::= SEQUENCE { keyDerivationFunc AlgorithmIdentifier,
 * encryptionScheme AlgorithmIdentifier }`, with PBKDF2 and AES-CBC or DES-EDE3-CBC. `null` where it does not decrypt.
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
  const scheme = readAlgorithmIdentifier(fields);
  fields.end();
  const cipher = cipherByOid(scheme.oid);
  if (cipher?.mode !== "cbc") throw new SmimeError("unsupported.algorithm", { oid: scheme.oid });
  if (scheme.parameters === null) throw new SmimeError("malformed.pkcs12", { reason: "iv" });
  const iv = new Asn1Reader(scheme.parameters.bytes, "ber").octetString();
  if (derivation.keyLength !== null && derivation.keyLength !== cipher.keyLength) {
    throw new SmimeError("malformed.pkcs12", { reason: "pbkdf2-key-length", length: derivation.keyLength });
  }
  // Old NSS takes the BMPString here too (Mozilla bug 1268141), so that is tried where UTF-8 fails.
  for (const octets of [passphrase.utf8, passphrase.bmp]) {
    const key = await deriveWithPbkdf2(derivation, octets, cipher.keyLength, budget);
    try {
      return await decryptContent(cipher, key, { iv, tagLength: 0 }, ciphertext);
    } catch {
      continue;
    }
  }
  return null;
}
