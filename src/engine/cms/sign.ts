import { Attribute, ContentType } from "../asn1/oids.ts";
import { contextConstructed } from "../asn1/tag.ts";
import {
  type Der,
  constructed,
  encode,
  encoded,
  octetString,
  octetStringOf,
  oid,
  sequence,
  setOf,
  smallInteger,
  time,
} from "../asn1/writer.ts";
import { type Pieces, contiguous } from "../bytes/pieces.ts";
import { digest, signerDigestAlgorithm } from "../primitives/digest.ts";
import type { PrivateKey } from "../primitives/private-key.ts";
import { type SignatureScheme, signatureAlgorithm } from "../primitives/signature.ts";
import type { Certificate } from "../x509/certificate.ts";
import { attribute } from "./attribute.ts";
import { issuerAndSerialNumber } from "./certificate-identifier.ts";
import { contentInfo } from "./content-info.ts";
import { signedData } from "./signed-data.ts";

export interface SignOptions {
  readonly certificate: Certificate;
  readonly key: PrivateKey;
  /** Written beside the signer's: the path without its root. */
  readonly chain: readonly Certificate[];
  readonly scheme: SignatureScheme;
  readonly signingTime: Date;
  /** Whether the content stands outside of the structure. */
  readonly form: "detached" | "attached";
  /** `id-data`, a MIME entity, by default. */
  readonly contentType?: string;
  /** Further signed attributes, each an encoded Attribute: the S/MIME profile's. */
  readonly attributes: readonly Der[];
}

export interface Signed {
  /** The ContentInfo. */
  readonly der: Der;
  /** Of the content, by the digest of the scheme. */
  readonly messageDigest: Uint8Array;
}

/**
 * A SignedData with one signer over `content`, in a ContentInfo (RFC 5652 sections 5.4 and 5.5). The content is joined for
 * its digest only; what is written has its pieces.
 */
export async function signContent(content: Pieces, options: SignOptions): Promise<Signed> {
  const { certificate, key, scheme, contentType = ContentType.data } = options;
  const digestAlgorithm = signerDigestAlgorithm(scheme.digest);
  const signatureAlgorithmDer = signatureAlgorithm(scheme);
  const messageDigest = await digest(scheme.digest, contiguous(content));
  const attributes = [
    attribute(Attribute.contentType, oid(contentType)),
    attribute(Attribute.messageDigest, octetString(messageDigest)),
    attribute(Attribute.signingTime, time(options.signingTime)),
    attribute(Attribute.signingCertificateV2, await signingCertificateV2(certificate)),
    attribute(Attribute.cmsAlgorithmProtection, algorithmProtection(digestAlgorithm, signatureAlgorithmDer)),
    ...options.attributes,
  ];
  const signature = await key.sign(scheme, encode(setOf(attributes)));
  const signerInfo = sequence(
    smallInteger(1),
    issuerAndSerialNumber(certificate),
    digestAlgorithm,
    setOf(attributes, contextConstructed(0)),
    signatureAlgorithmDer,
    octetString(signature),
  );
  const der = contentInfo(
    ContentType.signedData,
    signedData({
      digestAlgorithms: [digestAlgorithm],
      eContentType: contentType,
      eContent: options.form === "attached" ? octetStringOf(content) : null,
      certificates: [certificate, ...options.chain],
      signerInfos: [signerInfo],
    }),
  );
  return { der, messageDigest };
}

/**
 * `SigningCertificateV2 ::= SEQUENCE { certs SEQUENCE OF ESSCertIDv2, … }` with the SHA-256 that is the default
 * (RFC 5035 section 3): the signature names its certificate, so that no other one can be put in its place.
 */
async function signingCertificateV2(certificate: Certificate): Promise<Der> {
  return sequence(sequence(sequence(octetString(await digest("sha-256", certificate.der)))));
}

/**
 * `CMSAlgorithmProtection ::= SEQUENCE { digestAlgorithm, signatureAlgorithm [1] IMPLICIT … OPTIONAL, … }`
 * (RFC 6211 section 2)
 */
function algorithmProtection(digestAlgorithm: Der, signatureAlgorithmDer: Der): Der {
  const [, ...content] = signatureAlgorithmDer.pieces;
  return sequence(digestAlgorithm, constructed(contextConstructed(1), ...content.map(encoded)));
}
