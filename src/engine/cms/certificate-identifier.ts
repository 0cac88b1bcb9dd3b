import type { Asn1Reader } from "../asn1/reader.ts";
import { Tag, contextPrimitive } from "../asn1/tag.ts";
import { type Der, encoded, implicitPrimitive, integer, sequence } from "../asn1/writer.ts";
import { equalBytes } from "../bytes/equal.ts";
import type { Certificate } from "../x509/certificate.ts";
import { subjectKeyIdentifier } from "../x509/key-identifiers.ts";
import { type Name, readName, sameName } from "../x509/name.ts";

/**
 * `CHOICE { issuerAndSerialNumber IssuerAndSerialNumber, subjectKeyIdentifier [0] SubjectKeyIdentifier }`: how a
 * SignerInfo and a KeyTransRecipientInfo name a certificate (RFC 5652 sections 5.3 and 6.2.1).
 */
export type CertificateIdentifier = IssuerAndSerialNumber | KeyIdentifier;

/** `SEQUENCE { issuer Name, serialNumber CertificateSerialNumber }` (RFC 5652 section 10.2.4) */
export interface IssuerAndSerialNumber {
  readonly kind: "issuer-serial";
  readonly issuer: Name;
  /** Content octets of the INTEGER. */
  readonly serialNumber: Uint8Array;
}

export interface KeyIdentifier {
  readonly kind: "subject-key-identifier";
  readonly keyIdentifier: Uint8Array;
}

export function readIssuerAndSerialNumber(reader: Asn1Reader, tag: number = Tag.Sequence): IssuerAndSerialNumber {
  const fields = reader.sequence(tag);
  const issuer = readName(fields);
  const serialNumber = fields.integer();
  fields.end();
  return { kind: "issuer-serial", issuer, serialNumber };
}

export function readCertificateIdentifier(reader: Asn1Reader): CertificateIdentifier {
  if (reader.nextTag === Tag.Sequence) return readIssuerAndSerialNumber(reader);
  return { kind: "subject-key-identifier", keyIdentifier: reader.octetString(contextPrimitive(0)) };
}

/**
 * Whether the identifier names this certificate. A certificate without the extension is named by the SHA-1 of its
 * key in some programs; RFC 5652 asks for the extension, so it alone is compared.
 */
export function identifies(identifier: CertificateIdentifier, certificate: Certificate): boolean {
  if (identifier.kind === "issuer-serial") {
    return (
      equalBytes(identifier.serialNumber, certificate.serialNumber) && sameName(identifier.issuer, certificate.issuer)
    );
  }
  const own = subjectKeyIdentifier(certificate);
  return own !== null && equalBytes(identifier.keyIdentifier, own);
}

export function issuerAndSerialNumber(certificate: Certificate): Der {
  return sequence(encoded(certificate.issuer.der), integer(certificate.serialNumber));
}

/** `[0] SubjectKeyIdentifier`, or `null` where the certificate has none. */
export function keyIdentifier(certificate: Certificate): Der | null {
  const own = subjectKeyIdentifier(certificate);
  return own && implicitPrimitive(0, own);
}
