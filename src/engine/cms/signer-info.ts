import { type AlgorithmIdentifier, readAlgorithmIdentifier } from "../asn1/algorithm-identifier.ts";
import type { Asn1Reader } from "../asn1/reader.ts";
import { Tag, contextConstructed } from "../asn1/tag.ts";
import { concatBytes } from "../bytes/concat.ts";
import { type Attribute, readAttributes } from "./attribute.ts";
import { type CertificateIdentifier, readCertificateIdentifier } from "./certificate-identifier.ts";

/**
 * ```
 * SignerInfo ::= SEQUENCE {
 *   version CMSVersion,
 *   sid SignerIdentifier,
 *   digestAlgorithm DigestAlgorithmIdentifier,
 *   signedAttrs [0] IMPLICIT SignedAttributes OPTIONAL,
 *   signatureAlgorithm SignatureAlgorithmIdentifier,
 *   signature SignatureValue,
 *   unsignedAttrs [1] IMPLICIT UnsignedAttributes OPTIONAL }
 * ```
 * (RFC 5652 section 5.3)
 */
export interface SignerInfo {
  readonly sid: CertificateIdentifier;
  readonly digestAlgorithm: AlgorithmIdentifier;
  readonly signedAttrs: SignedAttributes | null;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: Uint8Array;
  readonly unsignedAttrs: readonly Attribute[];
}

export interface SignedAttributes {
  readonly attributes: readonly Attribute[];
  /**
   * What the signature covers: the bytes as received with the tag of SET OF in place of `[0]` (RFC 5652 section
   * 5.4). Encoding them anew would change them where the sender's order or forms are not DER.
   */
  readonly signedBytes: Uint8Array;
}

export function readSignerInfo(reader: Asn1Reader): SignerInfo {
  const fields = reader.sequence();
  fields.smallInteger();
  const sid = readCertificateIdentifier(fields);
  const digestAlgorithm = readAlgorithmIdentifier(fields);
  const signedAttrsTlv = fields.optional(contextConstructed(0));
  const signatureAlgorithm = readAlgorithmIdentifier(fields);
  const signature = fields.octetString();
  const unsignedAttrsReader = fields.optionalSequence(contextConstructed(1));
  fields.end();
  return {
    sid,
    digestAlgorithm,
    signedAttrs: signedAttrsTlv && {
      attributes: readAttributes(fields.inside(signedAttrsTlv)),
      signedBytes: concatBytes(Uint8Array.of(Tag.Set), signedAttrsTlv.bytes.subarray(1)),
    },
    signatureAlgorithm,
    signature,
    unsignedAttrs: unsignedAttrsReader ? readAttributes(unsignedAttrsReader) : [],
  };
}
