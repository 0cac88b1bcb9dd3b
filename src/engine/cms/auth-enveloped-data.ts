import type { Asn1Reader } from "../asn1/reader.ts";
import { Tag, contextConstructed } from "../asn1/tag.ts";
import { type Der, octetString, sequence, setOf, smallInteger } from "../asn1/writer.ts";
import { concatBytes } from "../bytes/concat.ts";
import type { Certificate } from "../x509/certificate.ts";
import { readOriginatorCertificates } from "./certificate-set.ts";
import { readingCms } from "./content-info.ts";
import { type EncryptedContentInfo, readEncryptedContentInfo } from "./encrypted-content-info.ts";
import { type RecipientInfo, readRecipientInfos } from "./recipients/recipient-info.ts";

/**
 * ```
 * AuthEnvelopedData ::= SEQUENCE {
 *   version CMSVersion,
 *   originatorInfo [0] IMPLICIT OriginatorInfo OPTIONAL,
 *   recipientInfos RecipientInfos,
 *   authEncryptedContentInfo EncryptedContentInfo,
 *   authAttrs [1] IMPLICIT AuthAttributes OPTIONAL,
 *   mac MessageAuthenticationCode,
 *   unauthAttrs [2] IMPLICIT UnauthAttributes OPTIONAL }
 * ```
 * (RFC 5083 section 2.1)
 */
export interface AuthEnvelopedData {
  readonly type: "authenveloped-data";
  readonly originatorCertificates: readonly Certificate[];
  readonly recipientInfos: readonly RecipientInfo[];
  readonly encryptedContentInfo: EncryptedContentInfo;
  /** The additional authenticated data: authAttrs in DER under the tag of SET OF (RFC 5083 section 2.2); else empty. */
  readonly additionalData: Uint8Array;
  readonly mac: Uint8Array;
}

/** @throws {SmimeError} `malformed.cms`, `limit.exceeded` */
export function readAuthEnvelopedData(content: Asn1Reader): AuthEnvelopedData {
  return readingCms(() => {
    const fields = content.sequence();
    content.end();
    fields.smallInteger();
    const originatorCertificates = readOriginatorCertificates(fields);
    const recipientInfos = readRecipientInfos(fields.set());
    const encryptedContentInfo = readEncryptedContentInfo(fields);
    const additionalData = readAdditionalData(fields);
    const mac = fields.octetString();
    fields.optional(contextConstructed(2));
    fields.optional(contextConstructed(3));
    fields.end();
    return {
      type: "authenveloped-data",
      originatorCertificates,
      recipientInfos,
      encryptedContentInfo,
      additionalData,
      mac,
    };
  });
}

/**
 * OpenSSL before 2026-06 tagged the authenticated attributes `[2]` and did not authenticate them (openssl#31695).
 * Such attributes are passed over: nothing here reads them, so nothing is taken from what nobody vouches for.
 */
function readAdditionalData(fields: Asn1Reader): Uint8Array {
  const authAttrs = fields.optional(contextConstructed(1));
  if (authAttrs) return concatBytes(Uint8Array.of(Tag.Set), authAttrs.bytes.subarray(1));
  fields.optional(contextConstructed(2));
  return new Uint8Array(0);
}

/** Version 0, without attributes, as content of type id-data may be (RFC 5083 section 2.1). */
export function authEnvelopedData(recipientInfos: readonly Der[], authEncryptedContentInfo: Der, mac: Uint8Array): Der {
  return sequence(smallInteger(0), setOf(recipientInfos), authEncryptedContentInfo, octetString(mac));
}
