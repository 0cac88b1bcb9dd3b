import {
  algorithmIdentifier,
  type AlgorithmIdentifier,
  hasNoParameters,
  readAlgorithmIdentifier,
} from "../asn1/algorithm-identifier.ts";
import { Digest } from "../asn1/oids.ts";
import { Asn1Reader } from "../asn1/reader.ts";
import { Tag } from "../asn1/tag.ts";
import { type Der, octetString, sequence, smallInteger } from "../asn1/writer.ts";
import { equalBytesConstantTime } from "../bytes/equal.ts";
import { SmimeError } from "../errors.ts";
import { DIGEST_SIZE, digestByOid, type DigestName } from "../primitives/digest.ts";
import { hmac } from "../primitives/hmac.ts";
import { iterationBudget, spendIterations, type IterationBudget } from "./iteration-budget.ts";
import { KdfPurpose, pkcs12Kdf } from "./kdf.ts";
import { Pkcs5 } from "./oids.ts";
import type { Passphrase } from "./passphrase.ts";
import {
  deriveWithPbkdf2,
  HMAC_SHA256,
  hmacDigest,
  newPbkdf2Params,
  type Pbkdf2Params,
  pbkdf2Algorithm,
  readPbkdf2Params,
} from "./pbkdf2-params.ts";
import { unsupportedAlgorithm } from "./unsupported.ts";

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
  if (digest === null) throw unsupportedAlgorithm(algorithm.oid);
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
  const key = await macKey({ digest, iterations, derivation }, passphrase, budget);
  return equalBytesConstantTime(hmac(digest, key, content), mac);
}

async function macKey(
  { digest, iterations, derivation }: Omit<MacData, "mac">,
  passphrase: Passphrase,
  budget: IterationBudget,
): Promise<Uint8Array> {
  if (derivation.kind === "pbmac1") {
    return deriveWithPbkdf2(derivation.params, passphrase.utf8, derivation.keyLength, budget);
  }
  spendIterations(budget, iterations);
  return pkcs12Kdf(digest, KdfPurpose.mac, passphrase.bmp, derivation.salt, iterations, DIGEST_SIZE[digest]);
}

/** How a MAC's key is derived: by RFC 7292 appendix B.2, or by PBKDF2 (RFC 9579). */
export type MacKind = "pkcs12" | "pbmac1";

/** Octets of the MAC's key and of its salt: those of SHA-256, and as PBKDF2's. */
const KEY_LENGTH = 32;
const SALT_LENGTH = 16;

/** MacData over an AuthenticatedSafe, with HMAC-SHA-256. */
export async function macDataOver(
  content: Uint8Array,
  kind: MacKind,
  passphrase: Passphrase,
  iterations: number,
): Promise<Der> {
  const digest = "sha-256";
  const write = (algorithm: Der, key: Uint8Array, salt: Uint8Array, count: number): Der =>
    sequence(sequence(algorithm, octetString(hmac(digest, key, content))), octetString(salt), smallInteger(count));
  if (kind === "pkcs12") {
    const salt = crypto.getRandomValues(new Uint8Array(SALT_LENGTH));
    const derivation = { kind, salt };
    const key = await macKey({ digest, iterations, derivation }, passphrase, iterationBudget());
    return write(algorithmIdentifier(Digest.sha256, "null"), key, salt, iterations);
  }
  const params = newPbkdf2Params(iterations, KEY_LENGTH);
  const derivation = { kind, params, keyLength: KEY_LENGTH };
  const key = await macKey({ digest, iterations, derivation }, passphrase, iterationBudget());
  const scheme = algorithmIdentifier(HMAC_SHA256, "null");
  const algorithm = algorithmIdentifier(Pkcs5.pbmac1, sequence(pbkdf2Algorithm(params), scheme));
  // RFC 9579 section 5: salt and iterations of MacData are not used, and must still be there.
  return write(algorithm, key, NOT_USED, 1);
}

const NOT_USED = Uint8Array.from("NOT USED", (character) => character.charCodeAt(0));
