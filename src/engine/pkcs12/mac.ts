import { hasNoParameters, readAlgorithmIdentifier, type AlgorithmIdentifier } from "../asn1/algorithm-identifier.ts";
import { Asn1Reader } from "../asn1/reader.ts";
import { Tag } from "../asn1/tag.ts";
import { equalBytesConstantTime } from "../bytes/equal.ts";
import { SmimeError } from "../errors.ts";
import { DIGEST_SIZE, digestByOid, type DigestName } from "../primitives/digest.ts";
import { hmac } from "../primitives/hmac.ts";
import { spendIterations, type IterationBudget } from "./iteration-budget.ts";
import { KdfPurpose, pkcs12Kdf } from "./kdf.ts";
import { Pkcs5 } from "./oids.ts";
import type { Passphrase } from "./passphrase.ts";
import { deriveWithPbkdf2, hmacDigest, readPbkdf2Params, type Pbkdf2Params } from "./pbkdf2-params.ts";

/**
 * `MacData ::= SEQUENCE { mac DigestInfo, macSalt OCTET STRING, iterations INTEGER DEFAULT 1 }` (RFC 7292 section 4),
 * where DigestInfo may name PBMAC1 (RFC 9579 section 4) and then salt and iterations stand in its parameters.
 */
export interface MacData {
  /** Of the HMAC. */
  readonly digest: DigestName;
  readonly iterations: number;
  readonly mac: Uint8Array;
  readonly derivation:
    | { readonly kind: "pkcs12"; readonly salt: Uint8Array }
    | { readonly kind: "pbmac1"; readonly params: Pbkdf2Params; readonly keyLength: number };
}

/** @throws {SmimeError} `unsupported.algorithm` with its OID, `malformed.asn1`, `malformed.pkcs12` */
export function readMacData(fields: Asn1Reader): MacData {
  const digestInfo = fields.sequence();
  const algorithm = readAlgorithmIdentifier(digestInfo);
  const mac = digestInfo.octetString();
  digestInfo.end();
  const salt = fields.octetString();
  const iterations = fields.nextTag === Tag.Integer ? fields.smallInteger() : 1;
  fields.end();
  if (algorithm.oid === Pkcs5.pbmac1) return readPbmac1(algorithm, mac);
  const digest = hasNoParameters(algorithm) ? digestByOid(algorithm.oid) : null;
  if (digest === null) throw new SmimeError("unsupported.algorithm", { oid: algorithm.oid });
  return { digest, iterations, mac, derivation: { kind: "pkcs12", salt } };
}

/** RFC 9579: the key length must be there, and one below 20 octets is no protection. OpenSSL and GnuTLS refuse too. */
const MIN_PBMAC1_KEY_LENGTH = 20;
/** Keys longer than a digest's block are hashed by HMAC, so nothing longer has a use (RFC 2104 section 3). */
const MAX_PBMAC1_KEY_LENGTH = 1024;

/** `PBMAC1-params ::= SEQUENCE { keyDerivationFunc, messageAuthScheme }` (RFC 8018 appendix A.5) */
function readPbmac1({ parameters }: AlgorithmIdentifier, mac: Uint8Array): MacData {
  if (parameters === null) throw new SmimeError("malformed.pkcs12", { reason: "pbmac1-parameters" });
  const fields = new Asn1Reader(parameters.bytes, "ber").sequence();
  const params = readPbkdf2Params(readAlgorithmIdentifier(fields));
  const digest = hmacDigest(readAlgorithmIdentifier(fields));
  fields.end();
  const { keyLength } = params;
  if (keyLength === null || keyLength < MIN_PBMAC1_KEY_LENGTH || keyLength > MAX_PBMAC1_KEY_LENGTH) {
    throw new SmimeError("malformed.pkcs12", { reason: "pbmac1-key-length", length: keyLength ?? -1 });
  }
  return { digest, iterations: params.iterations, mac, derivation: { kind: "pbmac1", params, keyLength } };
}

/** Whether the MAC over `content` fits the passphrase (RFC 7292 section 5.1 step 5); compared in constant time. */
export async function verifyMac(
  { digest, iterations, mac, derivation }: MacData,
  content: Uint8Array,
  passphrase: Passphrase,
  budget: IterationBudget,
): Promise<boolean> {
  let key: Uint8Array;
  if (derivation.kind === "pbmac1") {
    key = await deriveWithPbkdf2(derivation.params, passphrase.utf8, derivation.keyLength, budget);
  } else {
    spendIterations(budget, iterations);
    key = pkcs12Kdf(digest, KdfPurpose.mac, passphrase.bmp, derivation.salt, iterations, DIGEST_SIZE[digest]);
  }
  return equalBytesConstantTime(hmac(digest, key, content), mac);
}
