import {
  readAlgorithmIdentifier,
  algorithmIdentifier,
  type AlgorithmIdentifier,
} from "../asn1/algorithm-identifier.ts";
import { PublicKey } from "../asn1/oids.ts";
import { readWhole } from "../asn1/reader.ts";
import { explicit, sequence, smallInteger, type Der } from "../asn1/writer.ts";
import { SmimeError } from "../errors.ts";
import { digestByAlgorithm, digestOid, type DigestName } from "./digest.ts";

/**
 * `RSASSA-PSS-params ::= SEQUENCE { hashAlgorithm [0] DEFAULT sha1, maskGenAlgorithm [1] DEFAULT mgf1SHA1,
 * saltLength [2] INTEGER DEFAULT 20, trailerField [3] INTEGER DEFAULT 1 }` (RFC 4055 section 3.1), where the mask
 * is MGF1.
 */
export interface PssParams {
  readonly digest: DigestName;
  /** Of the mask, where it is another one. */
  readonly maskDigest?: DigestName;
  /** In octets. */
  readonly saltLength: number;
}

/**
 * Reads RSASSA-PSS-params. `null` for anything that is not used with S/MIME: unknown digests, another mask or
 * trailer, and parameters that are absent or broken. Defaults may be written out, as RFC 4055 section 3.1 allows.
 */
export function readPssParams({ parameters }: AlgorithmIdentifier): PssParams | null {
  if (parameters === null) return null;
  try {
    const fields = readWhole(parameters.bytes);
    const hash = fields.optionalExplicit(0);
    const digest = hash ? digestByAlgorithm(readAlgorithmIdentifier(hash)) : "sha-1";
    hash?.end();
    const mask = fields.optionalExplicit(1);
    const maskDigest = mask ? readMgf1(readAlgorithmIdentifier(mask)) : "sha-1";
    mask?.end();
    const salt = fields.optionalExplicit(2);
    const saltLength = salt ? salt.smallInteger() : 20;
    salt?.end();
    const trailer = fields.optionalExplicit(3);
    const trailerField = trailer ? trailer.smallInteger() : 1;
    trailer?.end();
    fields.end();
    if (digest === null || digest === "md5" || maskDigest === null || trailerField !== 1) return null;
    return maskDigest === digest ? { digest, saltLength } : { digest, maskDigest, saltLength };
  } catch (error) {
    if (error instanceof SmimeError) return null;
    throw error;
  }
}

/** The digest of MGF1 (RFC 8017 appendix B.2.1); `null` for other masks. Throws `malformed.asn1` where broken. */
export function readMgf1(algorithm: AlgorithmIdentifier): DigestName | null {
  if (algorithm.oid !== PublicKey.mgf1 || algorithm.parameters === null) return null;
  const fields = readWhole(algorithm.parameters.bytes);
  const digest = fields.oid();
  if (!fields.atEnd) fields.null();
  fields.end();
  return digestByAlgorithm({ oid: digest, parameters: null });
}

/** Writes RSASSA-PSS-params with NULL after the digests, as RFC 4055 section 2.1 has them. */
export function pssParams({ digest, maskDigest = digest, saltLength }: PssParams): Der {
  const hash = (name: DigestName): Der => algorithmIdentifier(digestOid(name), "null");
  // DER leaves out defaults: those of SHA-1 (X.690 section 11.5).
  return sequence(
    digest === "sha-1" ? null : explicit(0, hash(digest)),
    maskDigest === "sha-1" ? null : explicit(1, algorithmIdentifier(PublicKey.mgf1, hash(maskDigest))),
    saltLength === 20 ? null : explicit(2, smallInteger(saltLength)),
  );
}
