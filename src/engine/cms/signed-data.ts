import { readAlgorithmIdentifier } from "../asn1/algorithm-identifier.ts";
import { ContentType } from "../asn1/oids.ts";
import type { Asn1Reader } from "../asn1/reader.ts";
import { Tag, contextConstructed } from "../asn1/tag.ts";
import { CONSTRUCTED } from "../asn1/tlv.ts";
import { type Der, explicit, oid, sequence, setOf, smallInteger } from "../asn1/writer.ts";
import { SmimeError } from "../errors.ts";
import { MAX_SIGNERS } from "../limits.ts";
import type { Certificate } from "../x509/certificate.ts";
import { readCertificateSet } from "./certificate-set.ts";
import { readingCms, unsortedSet } from "./content-info.ts";
import { readRevocationInfo, type RevocationInfo } from "./revocation-info.ts";
import { type SignerInfo, readSignerInfo } from "./signer-info.ts";

/**
 * ```
 * SignedData ::= SEQUENCE {
 *   version CMSVersion,
 *   digestAlgorithms DigestAlgorithmIdentifiers,
 *   encapContentInfo EncapsulatedContentInfo,
 *   certificates [0] IMPLICIT CertificateSet OPTIONAL,
 *   crls [1] IMPLICIT RevocationInfoChoices OPTIONAL,
 *   signerInfos SignerInfos }
 * ```
 * (RFC 5652 section 5.1)
 */
export interface SignedData {
  readonly eContentType: string;
  /** `null` where the content is detached. */
  readonly eContent: Uint8Array | null;
  /** Those that could be read; a broken one cannot vouch for anything and is left out. */
  readonly certificates: readonly Certificate[];
  readonly revocationInfo: RevocationInfo;
  readonly signerInfos: readonly SignerInfo[];
}

/** @throws {SmimeError} `malformed.cms`, `limit.exceeded` */
export function readSignedData(content: Asn1Reader): SignedData {
  return readingCms(() => {
    const fields = content.sequence();
    content.end();
    fields.smallInteger();
    const digestAlgorithms = fields.set();
    for (let count = 0; !digestAlgorithms.atEnd; count++) {
      if (count > MAX_SIGNERS) throw new SmimeError("limit.exceeded", { limit: "digest-algorithms" });
      readAlgorithmIdentifier(digestAlgorithms);
    }
    const encapContentInfo = fields.sequence();
    const eContentType = encapContentInfo.oid();
    const eContent = readEContent(encapContentInfo);
    encapContentInfo.end();
    const certificates = readCertificateSet(fields.optionalSequence(contextConstructed(0)));
    const revocationInfo = readRevocationInfo(fields.optionalSequence(contextConstructed(1)));
    const signerInfoSet = fields.set();
    fields.end();
    const signerInfos: SignerInfo[] = [];
    while (!signerInfoSet.atEnd) {
      if (signerInfos.length >= MAX_SIGNERS) throw new SmimeError("limit.exceeded", { limit: "signers" });
      signerInfos.push(readSignerInfo(signerInfoSet));
    }
    return { eContentType, eContent, certificates, revocationInfo, signerInfos };
  });
}

/**
 * `eContent [0] EXPLICIT OCTET STRING OPTIONAL`. PKCS#7 has any type here, of which only the content octets are signed
 * (RFC 5652 section 5.2.1).
 */
function readEContent(encapContentInfo: Asn1Reader): Uint8Array | null {
  const wrapped = encapContentInfo.optionalExplicit(0);
  if (!wrapped) return null;
  const isOctets = wrapped.nextTag === Tag.OctetString || wrapped.nextTag === (Tag.OctetString | CONSTRUCTED);
  const eContent = isOctets ? wrapped.octetString() : wrapped.any().content;
  wrapped.end();
  return eContent;
}

export interface SignedDataFields {
  readonly digestAlgorithms: readonly Der[];
  readonly eContentType: string;
  /** An OCTET STRING; `null` writes a detached signature. */
  readonly eContent: Der | null;
  readonly certificates: readonly Certificate[];
  readonly signerInfos: readonly Der[];
}

/** All signers by issuer and serial number: version 1 around id-data, else 3 (RFC 5652 section 5.1). */
export function signedData({
  digestAlgorithms,
  eContentType,
  eContent,
  certificates,
  signerInfos,
}: SignedDataFields): Der {
  return sequence(
    smallInteger(eContentType === ContentType.data ? 1 : 3),
    setOf(digestAlgorithms),
    sequence(oid(eContentType), eContent && explicit(0, eContent)),
    unsortedSet(
      certificates.map((certificate) => certificate.der),
      contextConstructed(0),
    ),
    setOf(signerInfos),
  );
}
