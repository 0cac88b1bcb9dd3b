import type { Asn1Reader } from "../asn1/reader.ts";
import { Tag, contextConstructed } from "../asn1/tag.ts";
import { SmimeError } from "../errors.ts";
import { MAX_CMS_REVOCATION_INFO } from "../limits.ts";

/** What came with a message about revocation, not read yet: lists may be long, and mostly nobody asks. */
export interface RevocationInfo {
  /** CertificateLists in DER. */
  readonly crls: readonly Uint8Array[];
  /** OCSPResponses in DER. */
  readonly ocspResponses: readonly Uint8Array[];
}

export const NO_REVOCATION_INFO: RevocationInfo = { crls: [], ocspResponses: [] };

/** id-ri-ocsp-response (RFC 5940 section 2.1) */
const OCSP_RESPONSE = "1.3.6.1.5.5.7.16.2";

/**
 * ```
 * RevocationInfoChoices ::= SET OF RevocationInfoChoice
 * RevocationInfoChoice ::= CHOICE { crl CertificateList, other [1] IMPLICIT OtherRevocationInfoFormat }
 * OtherRevocationInfoFormat ::= SEQUENCE { otherRevInfoFormat OBJECT IDENTIFIER, otherRevInfo ANY }
 * ```
 * (RFC 5652 section 10.2.1), positioned inside it. Other formats than OCSP are passed over, and so is what cannot be
 * read, which says nothing of anybody.
 *
 * @throws {SmimeError} `limit.exceeded`
 */
export function readRevocationInfo(set: Asn1Reader | null): RevocationInfo {
  const crls: Uint8Array[] = [];
  const ocspResponses: Uint8Array[] = [];
  for (const choice of set?.rest(MAX_CMS_REVOCATION_INFO) ?? []) {
    if (choice.tag === Tag.Sequence) crls.push(choice.bytes);
    if (set === null || choice.tag !== contextConstructed(1)) continue;
    try {
      const other = set.inside(choice);
      if (other.oid() === OCSP_RESPONSE) ocspResponses.push(other.any(Tag.Sequence).bytes);
    } catch (error) {
      if (!(error instanceof SmimeError)) throw error;
    }
  }
  return { crls, ocspResponses };
}
