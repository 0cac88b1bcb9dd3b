import { type AlgorithmIdentifier, readAlgorithmIdentifier } from "../asn1/algorithm-identifier.ts";
import { Asn1Reader, readWhole } from "../asn1/reader.ts";
import { contextPrimitive, Tag } from "../asn1/tag.ts";
import { equalBytes } from "../bytes/equal.ts";
import { SmimeError } from "../errors.ts";
import { MAX_CERTIFICATE_SIZE } from "../limits.ts";
import { type Extension, readExtensionList } from "./extension-list.ts";
import { type Name, readName } from "./name.ts";

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

function readExtensions(tbs: Asn1Reader): ReadonlyMap<string, Extension> {
  const field = tbs.optionalExplicit(3);
  if (!field) return new Map();
  const extensions = readExtensionList(field);
  field.end();
  return extensions;
}
