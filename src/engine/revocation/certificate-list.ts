import { type AlgorithmIdentifier, readAlgorithmIdentifier } from "../asn1/algorithm-identifier.ts";
import { Asn1Reader, readWhole } from "../asn1/reader.ts";
import { contextConstructed, Tag } from "../asn1/tag.ts";
import { equalBytes } from "../bytes/equal.ts";
import { SmimeError } from "../errors.ts";
import { MAX_CRL_SIZE } from "../limits.ts";
import { type Extension, readExtensionList } from "../x509/extension-list.ts";
import { type Name, readName } from "../x509/name.ts";
import { type IssuingDistributionPoint, readIssuingDistributionPoint } from "./issuing-distribution-point.ts";
import { noEntries, readRevokedEntries, type RevokedEntries } from "./revoked-entries.ts";

/** CRL extensions (RFC 5280 section 5.2; expiredCertsOnCRL: X.509 section 9.5.2.8). */
const CrlExtensionId = {
  cRLNumber: "2.5.29.20",
  deltaCRLIndicator: "2.5.29.27",
  issuingDistributionPoint: "2.5.29.28",
  expiredCertsOnCRL: "2.5.29.60",
} as const;

/** What is processed, so that it may be critical. */
const PROCESSED_EXTENSIONS: ReadonlySet<string> = new Set(Object.values(CrlExtensionId));

/** What shows who issued a list: its signature, or, once that is verified, the key that it verified with. */
export type CrlProof =
  | {
      readonly kind: "signature";
      /** The encoded TBSCertList. */
      readonly tbs: Uint8Array;
      readonly signatureAlgorithm: AlgorithmIdentifier;
      readonly signature: Uint8Array;
    }
  | {
      readonly kind: "verified-with";
      /** SubjectPublicKeyInfo. */
      readonly spki: Uint8Array;
    };

/**
 * `CertificateList ::= SEQUENCE { tbsCertList, signatureAlgorithm, signatureValue }` (RFC 5280 section 5.1), read but
 * not judged. But for a proof that is a signature, nothing in it is a view of the input.
 */
export interface CertificateList {
  readonly proof: CrlProof;
  readonly issuer: Name;
  readonly thisUpdate: Date;
  /** RFC 5280 section 5.1.2.5 demands it; `null` where it is missing all the same. */
  readonly nextUpdate: Date | null;
  readonly entries: RevokedEntries;
  readonly crlNumber: bigint | null;
  /** Of a delta CRL: the number of the complete CRL that it continues (section 5.2.4). */
  readonly baseCrlNumber: bigint | null;
  readonly issuingDistributionPoint: IssuingDistributionPoint | null;
  /** Certificates that ended at this time or later are kept on the list. */
  readonly expiredCertsFrom: Date | null;
  /** A critical extension, of the list or of an entry, is not processed: nothing may be read from it (section 5.2). */
  readonly hasUnknownCriticalExtension: boolean;
}

/**
 * Reads a DER CRL of version 1 or 2.
 *
 * @throws {SmimeError} `malformed.crl`
 */
export function readCertificateList(der: Uint8Array): CertificateList {
  if (der.length > MAX_CRL_SIZE) throw new SmimeError("malformed.crl", { reason: "too-large", size: der.length });
  try {
    const fields = readWhole(der);
    const tbs = fields.any(Tag.Sequence);
    const outer = fields.any(Tag.Sequence);
    const signatureAlgorithm = readAlgorithmIdentifier(new Asn1Reader(outer.bytes));
    const signature = fields.bitStringOctets();
    fields.end();
    const proof = { kind: "signature", tbs: tbs.bytes, signatureAlgorithm, signature } as const;
    return { proof, ...readTbsCertList(fields.inside(tbs), outer.bytes) };
  } catch (error) {
    if (!(error instanceof SmimeError)) throw error;
    throw new SmimeError("malformed.crl", error.context, { cause: error });
  }
}

/**
 * `TBSCertList ::= SEQUENCE { version OPTIONAL, signature, issuer, thisUpdate, nextUpdate OPTIONAL,
 * revokedCertificates OPTIONAL, crlExtensions [0] OPTIONAL }` (RFC 5280 section 5.1.2)
 */
function readTbsCertList(tbs: Asn1Reader, outerAlgorithm: Uint8Array): Omit<CertificateList, "proof"> {
  const version = tbs.nextTag === Tag.Integer ? tbs.smallInteger() + 1 : 1;
  if (version > 2) throw new SmimeError("malformed.crl", { reason: "version", version });
  // RFC 5280 section 5.1.1.2: inside and outside are the same.
  if (!equalBytes(tbs.any(Tag.Sequence).bytes, outerAlgorithm)) {
    throw new SmimeError("malformed.crl", { reason: "signature-algorithm-mismatch" });
  }
  const issuer = readName(new Asn1Reader(tbs.any(Tag.Sequence).bytes.slice()));
  const thisUpdate = tbs.time();
  const nextUpdate = tbs.nextTag === Tag.UtcTime || tbs.nextTag === Tag.GeneralizedTime ? tbs.time() : null;
  const revoked = tbs.optional(Tag.Sequence);
  const extensions = version === 2 ? tbs.optional(contextConstructed(0)) : null;
  tbs.end();
  const read = readExtensions(extensions?.content.slice() ?? null);
  const kind = read.issuingDistributionPoint?.indirectCrl === true ? "indirect" : "direct";
  const entries = revoked ? readRevokedEntries(revoked.content, issuer, kind) : noEntries(issuer);
  return {
    issuer,
    thisUpdate,
    nextUpdate,
    entries,
    ...read,
    hasUnknownCriticalExtension: read.hasUnknownCriticalExtension || entries.hasUnknownCriticalExtension,
  };
}

type CrlExtensions = Pick<
  CertificateList,
  "crlNumber" | "baseCrlNumber" | "issuingDistributionPoint" | "expiredCertsFrom" | "hasUnknownCriticalExtension"
>;

function readExtensions(content: Uint8Array | null): CrlExtensions {
  const reader = content && new Asn1Reader(content);
  const extensions: ReadonlyMap<string, Extension> = reader ? readExtensionList(reader) : new Map();
  reader?.end();
  const read = <T>(oid: string, readValue: (value: Asn1Reader) => T): T | null => {
    const extension = extensions.get(oid);
    if (!extension) return null;
    const fields = new Asn1Reader(extension.value);
    const value = readValue(fields);
    fields.end();
    return value;
  };
  return {
    crlNumber: read(CrlExtensionId.cRLNumber, readNumber),
    baseCrlNumber: read(CrlExtensionId.deltaCRLIndicator, readNumber),
    issuingDistributionPoint: read(CrlExtensionId.issuingDistributionPoint, readIssuingDistributionPoint),
    expiredCertsFrom: read(CrlExtensionId.expiredCertsOnCRL, (value) => value.time()),
    hasUnknownCriticalExtension: [...extensions.values()].some(
      ({ oid, critical }) => critical && !PROCESSED_EXTENSIONS.has(oid),
    ),
  };
}

/** `CRLNumber ::= INTEGER (0..MAX)`, of no more than 20 octets (RFC 5280 section 5.2.3). */
function readNumber(reader: Asn1Reader): bigint {
  const octets = reader.integer();
  if ((octets[0] ?? 0) >= 0x80 || octets.length > 20) throw new SmimeError("malformed.asn1", { reason: "crl-number" });
  return octets.reduce((value, octet) => value * 256n + BigInt(octet), 0n);
}
