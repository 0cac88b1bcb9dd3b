import { type AlgorithmIdentifier, readAlgorithmIdentifier } from "../asn1/algorithm-identifier.ts";
import { Asn1Reader, readWhole } from "../asn1/reader.ts";
import { contextConstructed, contextPrimitive, Tag } from "../asn1/tag.ts";
import { SmimeError } from "../errors.ts";
import { MAX_OCSP_SIZE } from "../limits.ts";
import { type Certificate, parseCertificate } from "../x509/certificate.ts";
import { type Extension, readExtensionList } from "../x509/extension-list.ts";
import { type Name, readName } from "../x509/name.ts";
import { UNSPECIFIED } from "./reason.ts";

/** id-pkix-ocsp-basic, -nonce and -archive-cutoff (RFC 6960 section 4.2.1 and 4.4) */
const BASIC_RESPONSE = "1.3.6.1.5.5.7.48.1.1";
const NONCE = "1.3.6.1.5.5.7.48.1.2";
const ARCHIVE_CUTOFF = "1.3.6.1.5.5.7.48.1.6";
const PROCESSED_EXTENSIONS: ReadonlySet<string> = new Set([NONCE, ARCHIVE_CUTOFF]);

/** `OCSPResponseStatus ::= ENUMERATED` (RFC 6960 section 4.2.1); 4 is not used. */
const RESPONSE_STATUSES = [
  "successful",
  "malformedRequest",
  "internalError",
  "tryLater",
  null,
  "sigRequired",
  "unauthorized",
] as const;
export type OcspErrorStatus = Exclude<(typeof RESPONSE_STATUSES)[number], null | "successful">;

/** An answer, or the status of a responder that has none. */
export type OcspResponse = BasicOcspResponse | { readonly status: OcspErrorStatus };

/** `BasicOCSPResponse ::= SEQUENCE { tbsResponseData, signatureAlgorithm, signature, certs [0] OPTIONAL }` */
export interface BasicOcspResponse {
  readonly status: "successful";
  /** The encoded ResponseData: what is signed. */
  readonly tbs: Uint8Array;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: Uint8Array;
  readonly certificates: readonly Certificate[];
  readonly responderId: ResponderId;
  readonly responses: readonly SingleResponse[];
  /** `null` where there is none. */
  readonly nonce: Uint8Array | null;
  /** Of the whole response. */
  readonly hasUnknownCriticalExtension: boolean;
}

/** `ResponderID ::= CHOICE { byName [1] Name, byKey [2] KeyHash }`, the hash being SHA-1 of the public key's octets */
export type ResponderId =
  { readonly kind: "name"; readonly name: Name } | { readonly kind: "key"; readonly hash: Uint8Array };

/** `SingleResponse ::= SEQUENCE { certID, certStatus, thisUpdate, nextUpdate [0] OPTIONAL, singleExtensions [1] }` */
export interface SingleResponse {
  readonly certId: CertId;
  readonly certStatus: CertStatus;
  readonly thisUpdate: Date;
  /** `null`: newer information is available at all times (RFC 6960 section 4.2.2.1). */
  readonly nextUpdate: Date | null;
  /** Certificates that ended at this time or later are still known (RFC 6960 section 4.4.4). */
  readonly archiveCutoff: Date | null;
  readonly hasUnknownCriticalExtension: boolean;
}

/** `CertID ::= SEQUENCE { hashAlgorithm, issuerNameHash, issuerKeyHash, serialNumber }` (RFC 6960 section 4.1.1) */
export interface CertId {
  readonly hashAlgorithm: AlgorithmIdentifier;
  readonly issuerNameHash: Uint8Array;
  readonly issuerKeyHash: Uint8Array;
  readonly serialNumber: Uint8Array;
}

/** `CertStatus ::= CHOICE { good [0] NULL, revoked [1] RevokedInfo, unknown [2] NULL }` */
export type CertStatus =
  { readonly status: "good" | "unknown" } | { readonly status: "revoked"; readonly at: Date; readonly reason: number };

/** Certificates and single responses in one answer; a responder sends one of each. */
const MAX_CERTIFICATES = 100;
const MAX_RESPONSES = 10_000;

/**
 * Reads `OCSPResponse ::= SEQUENCE { responseStatus, responseBytes [0] OPTIONAL }` (RFC 6960 section 4.2.1), which is
 * not judged.
 *
 * @throws {SmimeError} `malformed.ocsp`
 */
export function readOcspResponse(der: Uint8Array): OcspResponse {
  if (der.length > MAX_OCSP_SIZE) throw new SmimeError("malformed.ocsp", { reason: "too-large", size: der.length });
  try {
    const fields = readWhole(der);
    const number = fields.smallInteger(Tag.Enumerated);
    const status = RESPONSE_STATUSES[number] ?? null;
    if (status === null) throw new SmimeError("malformed.ocsp", { reason: "response-status", status: number });
    const bytes = fields.optionalExplicit(0)?.sequence();
    fields.end();
    if (status !== "successful") return { status };
    if (bytes?.oid() !== BASIC_RESPONSE) throw new SmimeError("malformed.ocsp", { reason: "response-type" });
    const response = readBasicResponse(readWhole(bytes.octetString()));
    bytes.end();
    return response;
  } catch (error) {
    if (!(error instanceof SmimeError)) throw error;
    throw new SmimeError("malformed.ocsp", error.context, { cause: error });
  }
}

function readBasicResponse(fields: Asn1Reader): BasicOcspResponse {
  const tbs = fields.any(Tag.Sequence);
  const signatureAlgorithm = readAlgorithmIdentifier(fields);
  const signature = fields.bitStringOctets();
  const list = fields.optionalExplicit(0);
  const certificates = list
    ? list
        .sequence()
        .rest(MAX_CERTIFICATES)
        .map(({ bytes }) => parseCertificate(bytes))
    : [];
  list?.end();
  fields.end();
  return {
    status: "successful",
    tbs: tbs.bytes,
    signatureAlgorithm,
    signature,
    certificates,
    ...readResponseData(fields.inside(tbs)),
  };
}

/**
 * `ResponseData ::= SEQUENCE { version [0] DEFAULT v1, responderID, producedAt, responses, responseExtensions [1] }`
 */
function readResponseData(
  fields: Asn1Reader,
): Pick<BasicOcspResponse, "responderId" | "responses" | "nonce" | "hasUnknownCriticalExtension"> {
  const version = fields.optionalExplicit(0);
  if (version && version.smallInteger() !== 0) throw new SmimeError("malformed.asn1", { reason: "version" });
  version?.end();
  const responderId = readResponderId(fields);
  fields.time();
  const list = fields.sequence();
  const responses: SingleResponse[] = [];
  while (!list.atEnd && responses.length < MAX_RESPONSES) responses.push(readSingleResponse(list.sequence()));
  list.end();
  const extensions = readExtensions(fields);
  fields.end();
  const nonce = extensions.get(NONCE)?.value ?? null;
  return { responderId, responses, nonce: nonce && nonceOctets(nonce), ...critical(extensions) };
}

function readResponderId(fields: Asn1Reader): ResponderId {
  const byName = fields.optionalExplicit(1);
  const inside = byName ?? fields.sequence(contextConstructed(2));
  const id: ResponderId = byName
    ? { kind: "name", name: readName(inside) }
    : { kind: "key", hash: inside.octetString() };
  inside.end();
  return id;
}

function readSingleResponse(fields: Asn1Reader): SingleResponse {
  const certId = readCertId(fields.sequence());
  const certStatus = readCertStatus(fields);
  const thisUpdate = fields.time();
  const next = fields.optionalExplicit(0);
  const nextUpdate = next ? next.time() : null;
  next?.end();
  const extensions = readExtensions(fields);
  fields.end();
  const cutoff = extensions.get(ARCHIVE_CUTOFF);
  const archiveCutoff = cutoff ? new Asn1Reader(cutoff.value).time() : null;
  return { certId, certStatus, thisUpdate, nextUpdate, archiveCutoff, ...critical(extensions) };
}

function readCertId(fields: Asn1Reader): CertId {
  const certId = {
    hashAlgorithm: readAlgorithmIdentifier(fields),
    issuerNameHash: fields.octetString(),
    issuerKeyHash: fields.octetString(),
    serialNumber: fields.integer(),
  };
  fields.end();
  return certId;
}

/** `RevokedInfo ::= SEQUENCE { revocationTime GeneralizedTime, revocationReason [0] CRLReason OPTIONAL }` */
function readCertStatus(fields: Asn1Reader): CertStatus {
  const revoked = fields.optionalSequence(contextConstructed(1));
  if (revoked) {
    const at = revoked.time();
    const reason = revoked.optionalExplicit(0);
    const number = reason ? reason.smallInteger(Tag.Enumerated) : UNSPECIFIED;
    reason?.end();
    revoked.end();
    return { status: "revoked", at, reason: number };
  }
  const isGood = fields.nextTag === contextPrimitive(0);
  const { content } = fields.any(contextPrimitive(isGood ? 0 : 2));
  if (content.length > 0) throw new SmimeError("malformed.asn1", { reason: "null-length" });
  return { status: isGood ? "good" : "unknown" };
}

/** `[1] EXPLICIT Extensions OPTIONAL` */
function readExtensions(fields: Asn1Reader): ReadonlyMap<string, Extension> {
  const field = fields.optionalExplicit(1);
  if (!field) return new Map();
  const extensions = readExtensionList(field);
  field.end();
  return extensions;
}

function critical(extensions: ReadonlyMap<string, Extension>): { readonly hasUnknownCriticalExtension: boolean } {
  const unknown = [...extensions.values()].some(
    (extension) => extension.critical && !PROCESSED_EXTENSIONS.has(extension.oid),
  );
  return { hasUnknownCriticalExtension: unknown };
}

/** `Nonce ::= OCTET STRING` (RFC 9654 section 2.1). */
function nonceOctets(value: Uint8Array): Uint8Array {
  const reader = new Asn1Reader(value);
  const octets = reader.octetString();
  reader.end();
  return octets;
}
