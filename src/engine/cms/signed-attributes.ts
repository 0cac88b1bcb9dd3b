import { readAlgorithmIdentifier, sameAlgorithm } from "../asn1/algorithm-identifier.ts";
import { Attribute as AttributeType } from "../asn1/oids.ts";
import { Tag, contextConstructed } from "../asn1/tag.ts";
import { Asn1Reader } from "../asn1/reader.ts";
import { equalBytes } from "../bytes/equal.ts";
import { SmimeError } from "../errors.ts";
import { digest, digestByOid } from "../primitives/digest.ts";
import type { InvalidReason } from "../verdicts.ts";
import type { Certificate } from "../x509/certificate.ts";
import { type Attribute, readAttributes, singleValue, valueReader } from "./attribute.ts";
import type { SignerInfo } from "./signer-info.ts";

/** What a check of one attribute found: nothing against it, or why the signature does not count. */
export type AttributeFinding = InvalidReason | null;

/**
 * contentType: MUST be present when signedAttrs are, once and with one value, and name the encapsulated content
 * (RFC 5652 section 11.1).
 */
export function checkContentType(attributes: readonly Attribute[], eContentType: string): AttributeFinding {
  const found = singleValue(attributes, AttributeType.contentType);
  if (found.status === "absent") return "required-attribute-missing";
  if (found.status === "repeated") return "attribute-repeated";
  return valueReader(found.value).oid() === eContentType ? null : "content-type-mismatch";
}

/** messageDigest: MUST be present when signedAttrs are, once, and be the digest of the content (RFC 5652 section 11.2). */
export function checkMessageDigest(attributes: readonly Attribute[], contentDigest: Uint8Array): AttributeFinding {
  const found = singleValue(attributes, AttributeType.messageDigest);
  if (found.status === "absent") return "required-attribute-missing";
  if (found.status === "repeated") return "attribute-repeated";
  return equalBytes(valueReader(found.value).octetString(), contentDigest) ? null : "content-changed";
}

/** signingTime: once at most (RFC 5652 section 11.3). */
export function checkSigningTime(attributes: readonly Attribute[]): AttributeFinding {
  return singleValue(attributes, AttributeType.signingTime).status === "repeated" ? "attribute-repeated" : null;
}

/** The time that the signer claims; `null` where there is none, or none that can be read. */
export function signingTime(attributes: readonly Attribute[]): Date | null {
  const found = singleValue(attributes, AttributeType.signingTime);
  if (found.status !== "present") return null;
  try {
    return valueReader(found.value).time();
  } catch (error) {
    if (error instanceof SmimeError) return null;
    throw error;
  }
}

/**
 * signingCertificate (RFC 2634 section 5.4) and signingCertificateV2 (RFC 5035 section 3): the first ESSCertID must
 * be of the signer's certificate, or another certificate for the same key was put in its place (attack 7).
 */
export async function checkSigningCertificate(
  attributes: readonly Attribute[],
  certificate: Certificate,
): Promise<AttributeFinding> {
  for (const type of [AttributeType.signingCertificateV2, AttributeType.signingCertificate]) {
    const found = singleValue(attributes, type);
    if (found.status === "absent") continue;
    if (found.status === "repeated") return "attribute-repeated";
    // SigningCertificate(V2) ::= SEQUENCE { certs SEQUENCE OF ESSCertID(v2), policies SEQUENCE OF … OPTIONAL }
    const essCertId = valueReader(found.value).sequence().sequence().sequence();
    const hash = await essCertIdHash(essCertId, type === AttributeType.signingCertificateV2, certificate);
    if (hash === null) continue;
    if (!equalBytes(essCertId.octetString(), hash)) return "certificate-substituted";
  }
  return null;
}

/**
 * `ESSCertIDv2 ::= SEQUENCE { hashAlgorithm AlgorithmIdentifier DEFAULT {id-sha256}, certHash OCTET STRING, … }`;
 * ESSCertID has SHA-1 and no field for it. `null` where the algorithm is unknown.
 */
async function essCertIdHash(
  essCertId: Asn1Reader,
  isVersion2: boolean,
  certificate: Certificate,
): Promise<Uint8Array | null> {
  if (!isVersion2) return digest("sha-1", certificate.der);
  const name =
    essCertId.nextTag === Tag.Sequence ? digestByOid(readAlgorithmIdentifier(essCertId).oid) : ("sha-256" as const);
  return name && digest(name, certificate.der);
}

/**
 * CMSAlgorithmProtection: what it names must be what the SignerInfo used, or an algorithm was exchanged for a weaker
 * one (RFC 6211 section 2, attack 8).
 */
export function checkAlgorithmProtection(attributes: readonly Attribute[], signerInfo: SignerInfo): AttributeFinding {
  const found = singleValue(attributes, AttributeType.cmsAlgorithmProtection);
  if (found.status === "absent") return null;
  if (found.status === "repeated") return "attribute-repeated";
  const fields = valueReader(found.value).sequence();
  const digestAlgorithm = readAlgorithmIdentifier(fields);
  if (fields.nextTag !== contextConstructed(1)) return "algorithm-substituted";
  const signatureAlgorithm = readAlgorithmIdentifier(fields, contextConstructed(1));
  const same =
    sameAlgorithm(digestAlgorithm, signerInfo.digestAlgorithm) &&
    sameAlgorithm(signatureAlgorithm, signerInfo.signatureAlgorithm);
  return same ? null : "algorithm-substituted";
}

/**
 * Whether a content is itself an encoding of signed attributes. Signed without attributes, it may be the attributes
 * of another message, whose signature fits it as well (RFC 8933 section 5, draft-ietf-lamps-cms-euf-cma-signeddata;
 * attack 2).
 */
export function looksLikeSignedAttributes(content: Uint8Array): boolean {
  if (content[0] !== Tag.Set) return false;
  try {
    const outer = new Asn1Reader(content, "ber");
    const attributes = readAttributes(outer.set());
    return attributes.length > 0;
  } catch (error) {
    if (error instanceof SmimeError) return false;
    throw error;
  }
}
