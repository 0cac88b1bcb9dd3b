import { type AlgorithmIdentifier, readAlgorithmIdentifier } from "../asn1/algorithm-identifier.ts";
import { Asn1Reader, readWhole } from "../asn1/reader.ts";
import { contextConstructed, contextPrimitive, Tag } from "../asn1/tag.ts";
import { equalBytes } from "../bytes/equal.ts";
import { SmimeError } from "../errors.ts";
import { MAX_CERTIFICATE_SIZE } from "../limits.ts";
import { type Name, readName } from "./name.ts";

/** `Extension ::= SEQUENCE { extnID, critical BOOLEAN DEFAULT FALSE, extnValue OCTET STRING }` (RFC 5280 4.1) */
export interface Extension {
  readonly oid: string;
  readonly critical: boolean;
  /** What the OCTET STRING holds: the encoding of the extension's own type. */
  readonly value: Uint8Array;
}

/**
 * `Certificate ::= SEQUENCE { tbsCertificate, signatureAlgorithm, signatureValue }` (RFC 5280 section 4.1), read but
 * not judged. All byte arrays are views of the input.
 */
export interface Certificate {
  readonly der: Uint8Array;
  /** The encoded TBSCertificate: what is signed. */
  readonly tbs: Uint8Array;
  /** 1, 2 or 3. */
  readonly version: number;
  /** Content octets of the INTEGER: big-endian two's complement. */
  readonly serialNumber: Uint8Array;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: Uint8Array;
  readonly issuer: Name;
  readonly subject: Name;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** The encoded SubjectPublicKeyInfo. */
  readonly spki: Uint8Array;
  readonly publicKeyAlgorithm: AlgorithmIdentifier;
  /** Octets of the BIT STRING subjectPublicKey. */
  readonly publicKey: Uint8Array;
  /** By their OID in dotted form. */
  readonly extensions: ReadonlyMap<string, Extension>;
}

/** More extensions than any issuer writes (some 20), few enough to be cheap. */
const MAX_EXTENSIONS = 256;

/**
 * Reads one DER certificate. What the field has is let pass: versions 1 and 2, a zero or negative serial number, an
 * encoded default. Trailing data, repeated extensions and a signature algorithm that differs inside and outside
 * (RFC 5280 section 4.1.1.2) are not.
 *
 * @throws {SmimeError} `malformed.certificate`
 */
export function parseCertificate(der: Uint8Array): Certificate {
  if (der.length > MAX_CERTIFICATE_SIZE) throw malformed("too-large", { size: der.length });
  try {
    const fields = readWhole(der);
    const tbs = fields.any(Tag.Sequence);
    const outer = fields.any(Tag.Sequence);
    const signature = fields.bitStringOctets();
    fields.end();
    return { der, tbs: tbs.bytes, signature, ...readTbsCertificate(fields.inside(tbs), outer.bytes) };
  } catch (error) {
    if (error instanceof SmimeError && error.code !== "malformed.certificate") {
      throw new SmimeError("malformed.certificate", error.context, { cause: error });
    }
    throw error;
  }
}

function malformed(reason: string, context: Readonly<Record<string, string | number>> = {}): SmimeError {
  return new SmimeError("malformed.certificate", { reason, ...context });
}

type TbsCertificate = Omit<Certificate, "der" | "tbs" | "signature">;

/**
 * `TBSCertificate ::= SEQUENCE { version [0], serialNumber, signature, issuer, validity, subject,
 * subjectPublicKeyInfo, issuerUniqueID [1], subjectUniqueID [2], extensions [3] }` (RFC 5280 section 4.1.2)
 */
function readTbsCertificate(tbs: Asn1Reader, outerAlgorithm: Uint8Array): TbsCertificate {
  const version = readVersion(tbs);
  const serialNumber = tbs.integer();
  const algorithm = tbs.any(Tag.Sequence);
  if (!equalBytes(algorithm.bytes, outerAlgorithm)) throw malformed("signature-algorithm-mismatch");
  const signatureAlgorithm = readAlgorithmIdentifier(new Asn1Reader(algorithm.bytes));
  const issuer = readName(tbs);
  const validity = tbs.sequence();
  const notBefore = validity.time();
  const notAfter = validity.time();
  validity.end();
  const subject = readName(tbs);
  const spki = tbs.any(Tag.Sequence);
  const keyFields = tbs.inside(spki);
  const publicKeyAlgorithm = readAlgorithmIdentifier(keyFields);
  const publicKey = keyFields.bitStringOctets();
  keyFields.end();
  if (version > 1) {
    tbs.optional(contextPrimitive(1));
    tbs.optional(contextPrimitive(2));
  }
  const extensions = version === 3 ? readExtensions(tbs) : new Map<string, Extension>();
  tbs.end();
  return {
    version,
    serialNumber,
    signatureAlgorithm,
    issuer,
    subject,
    notBefore,
    notAfter,
    spki: spki.bytes,
    publicKeyAlgorithm,
    publicKey,
    extensions,
  };
}

function readVersion(tbs: Asn1Reader): number {
  const field = tbs.optionalExplicit(0);
  if (!field) return 1;
  const version = field.smallInteger() + 1;
  field.end();
  if (version > 3) throw malformed("version", { version });
  return version;
}

function readExtensions(tbs: Asn1Reader): Map<string, Extension> {
  const extensions = new Map<string, Extension>();
  const list = tbs.optionalSequence(contextConstructed(3));
  if (!list) return extensions;
  const values = list.sequence();
  list.end();
  while (!values.atEnd) {
    const fields = values.sequence();
    const oid = fields.oid();
    const critical = fields.nextTag === Tag.Boolean && fields.boolean();
    const value = fields.octetString();
    fields.end();
    if (extensions.has(oid)) throw malformed("repeated-extension", { oid });
    if (extensions.size >= MAX_EXTENSIONS) throw malformed("too-many-extensions");
    extensions.set(oid, { oid, critical, value });
  }
  return extensions;
}
