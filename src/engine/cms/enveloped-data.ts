import type { Asn1Reader } from "../asn1/reader.ts";
import { contextConstructed } from "../asn1/tag.ts";
import { type Der, sequence, setOf, smallInteger } from "../asn1/writer.ts";
import type { Certificate } from "../x509/certificate.ts";
import { readOriginatorCertificates } from "./certificate-set.ts";
import { readingCms } from "./content-info.ts";
import { type EncryptedContentInfo, readEncryptedContentInfo } from "./encrypted-content-info.ts";
import { type RecipientInfo, readRecipientInfos } from "./recipients/recipient-info.ts";

/**
 * ```
 * EnvelopedData ::= SEQUENCE {
 *   version CMSVersion,
 *   originatorInfo [0] IMPLICIT OriginatorInfo OPTIONAL,
 *   recipientInfos RecipientInfos,
 *   encryptedContentInfo EncryptedContentInfo,
 *   unprotectedAttrs [1] IMPLICIT UnprotectedAttributes OPTIONAL }
 * ```
 * (RFC 5652 section 6.1)
 */
export interface EnvelopedData {
  readonly type: "enveloped-data";
  readonly originatorCertificates: readonly Certificate[];
  readonly recipientInfos: readonly RecipientInfo[];
  readonly encryptedContentInfo: EncryptedContentInfo;
}

/** @throws {SmimeError} `malformed.cms`, `limit.exceeded` */
export function readEnvelopedData(content: Asn1Reader): EnvelopedData {
  return readingCms(() => {
    const fields = content.sequence();
    content.end();
    fields.smallInteger();
    const originatorCertificates = readOriginatorCertificates(fields);
    const recipientInfos = readRecipientInfos(fields.set());
    const encryptedContentInfo = readEncryptedContentInfo(fields);
    fields.optional(contextConstructed(1));
    fields.end();
    return { type: "enveloped-data", originatorCertificates, recipientInfos, encryptedContentInfo };
  });
}

/**
 * Version 0 where all recipients are ktri by issuer and serial number, 2 for the other kinds used here (RFC 5652
 * section 6.1).
 */
export function envelopedData(version: 0 | 2, recipientInfos: readonly Der[], encryptedContentInfo: Der): Der {
  return sequence(smallInteger(version), setOf(recipientInfos), encryptedContentInfo);
}
