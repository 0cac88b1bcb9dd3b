import type { Asn1Reader } from "../asn1/reader.ts";
import { SmimeError } from "../errors.ts";

/** `SEQUENCE { eContentType ContentType, eContent [0] EXPLICIT OCTET STRING OPTIONAL }` (RFC 5652 section 5.2) */
export interface EncapsulatedContent {
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/**
 * Reads an EncapsulatedContentInfo that must have its content.
 *
 * @throws {SmimeError} `malformed.asn1`, `malformed.cms`
 */
export function readEncapsulatedContent(fields: Asn1Reader): EncapsulatedContent {
  const info = fields.sequence();
  const contentType = info.oid();
  const wrapped = info.optionalExplicit(0);
  info.end();
  if (!wrapped) throw new SmimeError("malformed.cms", { reason: "content-missing" });
  const bytes = wrapped.octetString();
  wrapped.end();
  return { contentType, bytes };
}
