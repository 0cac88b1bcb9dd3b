import { type AlgorithmIdentifier, readAlgorithmIdentifier } from "../asn1/algorithm-identifier.ts";
import { ContentType } from "../asn1/oids.ts";
import type { Asn1Reader } from "../asn1/reader.ts";
import { contextConstructed, contextPrimitive } from "../asn1/tag.ts";
import { type Der, implicitPrimitive, implicitPrimitiveHeader, oid, sequence } from "../asn1/writer.ts";
import { SmimeError } from "../errors.ts";

/**
 * ```
 * EncryptedContentInfo ::= SEQUENCE {
 *   contentType ContentType,
 *   contentEncryptionAlgorithm ContentEncryptionAlgorithmIdentifier,
 *   encryptedContent [0] IMPLICIT EncryptedContent OPTIONAL }
 * ```
 * (RFC 5652 section 6.1)
 */
export interface EncryptedContentInfo {
  readonly contentType: string;
  readonly contentEncryptionAlgorithm: AlgorithmIdentifier;
  readonly encryptedContent: Uint8Array;
}

export function readEncryptedContentInfo(reader: Asn1Reader): EncryptedContentInfo {
  const fields = reader.sequence();
  const contentType = fields.oid();
  const contentEncryptionAlgorithm = readAlgorithmIdentifier(fields);
  if (fields.nextTag !== contextPrimitive(0) && fields.nextTag !== contextConstructed(0)) {
    throw new SmimeError("malformed.cms", { reason: "encrypted-content-missing" });
  }
  const encryptedContent = fields.octetString(contextPrimitive(0));
  fields.end();
  return { contentType, contentEncryptionAlgorithm, encryptedContent };
}

/** Up to the encrypted content, which follows behind all that this is nested in: it is what an EnvelopedData ends with. */
export function encryptedContentInfoHeader(contentEncryptionAlgorithm: Der, contentLength: number): Der {
  return sequence(oid(ContentType.data), contentEncryptionAlgorithm, implicitPrimitiveHeader(0, contentLength));
}

export function encryptedContentInfo(contentEncryptionAlgorithm: Der, encryptedContent: Uint8Array): Der {
  return sequence(oid(ContentType.data), contentEncryptionAlgorithm, implicitPrimitive(0, encryptedContent));
}
