import {
  algorithmIdentifier,
  type AlgorithmIdentifier,
  hasNoParameters,
  readAlgorithmIdentifier,
} from "../asn1/algorithm-identifier.ts";
import { Asn1Reader } from "../asn1/reader.ts";
import { Tag } from "../asn1/tag.ts";
import { type Der, octetString, sequence, smallInteger } from "../asn1/writer.ts";
import { SmimeError } from "../errors.ts";
import type { DigestName } from "../primitives/digest.ts";
import { pbkdf2 } from "../primitives/hmac.ts";
import { spendIterations, type IterationBudget } from "./iteration-budget.ts";
import { Pkcs5 } from "./oids.ts";
import { unsupportedAlgorithm } from "./unsupported.ts";

/**
 * `PBKDF2-params ::= SEQUENCE { salt CHOICE { specified OCTET STRING, otherSource AlgorithmIdentifier },
 * iterationCount INTEGER, keyLength INTEGER OPTIONAL, prf AlgorithmIdentifier DEFAULT hmacWithSHA1 }`
 * (RFC 8018 appendix A.2)
 */
export interface Pbkdf2Params {
  readonly salt: Uint8Array;
  readonly iterations: number;
  /** In octets; `null` where the cipher says it. */
  readonly keyLength: number | null;
  readonly prf: DigestName;
}

/** RFC 8018 appendix B.1.1 and B.1.2. */
export const HMAC_SHA256 = "1.2.840.113549.2.9";
const HMAC_DIGESTS: ReadonlyMap<string, DigestName> = new Map([
  ["1.2.840.113549.2.7", "sha-1"],
  ["1.2.840.113549.2.8", "sha-224"],
  [HMAC_SHA256, "sha-256"],
  ["1.2.840.113549.2.10", "sha-384"],
  ["1.2.840.113549.2.11", "sha-512"],
]);

/** The digest of an HMAC by its AlgorithmIdentifier. @throws {SmimeError} `unsupported.algorithm` */
export function hmacDigest(algorithm: AlgorithmIdentifier): DigestName {
  const digest = hasNoParameters(algorithm) ? HMAC_DIGESTS.get(algorithm.oid) : undefined;
  if (digest === undefined) throw unsupportedAlgorithm(algorithm.oid);
  return digest;
}

/** @throws {SmimeError} `unsupported.algorithm` for other key derivations (scrypt among them), `malformed.asn1` */
export function readPbkdf2Params({ oid, parameters }: AlgorithmIdentifier): Pbkdf2Params {
  if (oid !== Pkcs5.pbkdf2) throw unsupportedAlgorithm(oid);
  if (parameters === null) throw new SmimeError("malformed.pkcs12", { reason: "pbkdf2-parameters" });
  const fields = new Asn1Reader(parameters.bytes, "ber").sequence();
  if (fields.nextTag === Tag.Sequence) throw new SmimeError("unsupported.algorithm", { reason: "pbkdf2-salt-source" });
  const salt = fields.octetString();
  const iterations = fields.smallInteger();
  const keyLength = fields.nextTag === Tag.Integer ? fields.smallInteger() : null;
  const prf = fields.atEnd ? "sha-1" : hmacDigest(readAlgorithmIdentifier(fields));
  fields.end();
  return { salt, iterations, keyLength, prf };
}

/** @throws {SmimeError} `limit.exceeded` */
export async function deriveWithPbkdf2(
  { salt, iterations, prf }: Pbkdf2Params,
  passphrase: Uint8Array,
  length: number,
  budget: IterationBudget,
): Promise<Uint8Array> {
  spendIterations(budget, iterations);
  return pbkdf2(prf, passphrase, salt, iterations, length);
}

/** Octets of a salt: twice what NIST SP 800-132 section 5.1 asks for at least, as OpenSSL has it since 3.2. */
const SALT_LENGTH = 16;

/** Parameters with a salt of their own, for writing. */
export function newPbkdf2Params(iterations: number, keyLength: number | null): Pbkdf2Params {
  return { salt: crypto.getRandomValues(new Uint8Array(SALT_LENGTH)), iterations, keyLength, prf: "sha-256" };
}

/** The AlgorithmIdentifier of parameters that `newPbkdf2Params` made. */
export function pbkdf2Algorithm({ salt, iterations, keyLength }: Pbkdf2Params): Der {
  const length = keyLength === null ? null : smallInteger(keyLength);
  const prf = algorithmIdentifier(HMAC_SHA256, "null");
  return algorithmIdentifier(Pkcs5.pbkdf2, sequence(octetString(salt), smallInteger(iterations), length, prf));
}
