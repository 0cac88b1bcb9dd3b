import { ContentType } from "../asn1/oids.ts";
import { readWhole } from "../asn1/reader.ts";
import { Tag, contextConstructed } from "../asn1/tag.ts";
import { encode, encoded, explicit, oid, sequence, setOf, smallInteger } from "../asn1/writer.ts";
import { SmimeError } from "../errors.ts";
import { MAX_CONTAINER_CERTIFICATES } from "../limits.ts";
import type { Certificate } from "./certificate.ts";

/** Tags of the other `CertificateChoices` (RFC 5652 section 10.2.2): obsolete ones, attribute certificates, `other`. */
const OTHER_CHOICES: ReadonlySet<number> = new Set([0, 1, 2, 3].map(contextConstructed));

/**
 * DER of the X.509 certificates in a PKCS#7 or CMS SignedData, BER or DER, as `.p7b`, `.p7c` and certs-only messages are
 * (RFC 8551 section 3.8). Signatures, if there are any, are not looked at: certificates prove themselves.
 *
 *     SignedData ::= SEQUENCE { version, digestAlgorithms SET, encapContentInfo SEQUENCE,
 *       certificates [0] IMPLICIT SET OF CertificateChoices OPTIONAL, crls [1] IMPLICIT SET OPTIONAL,
 *       signerInfos SET }                                                  -- RFC 5652 section 5.1
 *
 * @throws {SmimeError} `malformed.cms`, `unsupported.content-type`, `limit.exceeded`
 */
export function readCertificateBag(p7b: Uint8Array): Uint8Array[] {
  try {
    return readSignedDataCertificates(p7b);
  } catch (error) {
    if (error instanceof SmimeError && error.code === "malformed.asn1") {
      throw new SmimeError("malformed.cms", error.context, { cause: error });
    }
    throw error;
  }
}

function readSignedDataCertificates(p7b: Uint8Array): Uint8Array[] {
  const contentInfo = readWhole(p7b, "ber");
  const contentType = contentInfo.oid();
  if (contentType !== ContentType.signedData) throw new SmimeError("unsupported.content-type", { contentType });
  const explicit = contentInfo.sequence(contextConstructed(0));
  contentInfo.end();
  const signedData = explicit.sequence();
  explicit.end();
  signedData.smallInteger();
  signedData.any(Tag.Set);
  signedData.any(Tag.Sequence);
  const certificates = signedData.optionalSequence(contextConstructed(0));
  signedData.optional(contextConstructed(1));
  signedData.any(Tag.Set);
  signedData.end();

  const ders: Uint8Array[] = [];
  for (const choice of certificates?.rest(MAX_CONTAINER_CERTIFICATES) ?? []) {
    if (choice.tag === Tag.Sequence) ders.push(choice.bytes);
    else if (!OTHER_CHOICES.has(choice.tag)) {
      throw new SmimeError("malformed.cms", { reason: "certificate-choice", tag: choice.tag });
    }
  }
  return ders;
}

/** A certs-only SignedData (RFC 8551 section 3.8) in a ContentInfo: `.p7b`, `.p7c`. No content and no signers. */
export function writeCertificateBag(certificates: readonly Certificate[]): Uint8Array<ArrayBuffer> {
  const signedData = sequence(
    smallInteger(1),
    setOf([]),
    sequence(oid(ContentType.data)),
    setOf(
      certificates.map(({ der }) => encoded(der)),
      contextConstructed(0),
    ),
    setOf([]),
  );
  return encode(sequence(oid(ContentType.signedData), explicit(0, signedData)));
}
