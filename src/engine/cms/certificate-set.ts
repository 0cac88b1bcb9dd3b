import type { Asn1Reader } from "../asn1/reader.ts";
import { Tag, contextConstructed } from "../asn1/tag.ts";
import { SmimeError } from "../errors.ts";
import { MAX_CMS_CERTIFICATES } from "../limits.ts";
import { type Certificate, parseCertificate } from "../x509/certificate.ts";

/**
 * `CertificateSet ::= SET OF CertificateChoices` (RFC 5652 section 10.2.3), positioned inside it. Other choices than
 * X.509 are passed over; a broken certificate cannot vouch for anything and is left out.
 */
export function readCertificateSet(set: Asn1Reader | null): Certificate[] {
  const certificates: Certificate[] = [];
  for (const choice of set?.rest(MAX_CMS_CERTIFICATES) ?? []) {
    if (choice.tag !== Tag.Sequence) continue;
    try {
      certificates.push(parseCertificate(choice.bytes));
    } catch (error) {
      if (!(error instanceof SmimeError)) throw error;
    }
  }
  return certificates;
}

/**
 * The certificates of `originatorInfo [0] IMPLICIT SEQUENCE { certs [0] IMPLICIT CertificateSet OPTIONAL, crls [1] …
 * OPTIONAL }` (RFC 5652 section 6.1), which may stand next: the originator's, where its key is static.
 */
export function readOriginatorCertificates(fields: Asn1Reader): Certificate[] {
  const info = fields.optionalSequence(contextConstructed(0));
  return info ? readCertificateSet(info.optionalSequence(contextConstructed(0))) : [];
}
