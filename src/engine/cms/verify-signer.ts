import { ContentType } from "../asn1/oids.ts";
import { equalBytes } from "../bytes/equal.ts";
import { SmimeError } from "../errors.ts";
import { algorithmName } from "../primitives/algorithm-names.ts";
import { type DigestName, digest, digestOfSignerInfo, isWeakDigest } from "../primitives/digest.ts";
import { type SignatureScheme, signatureScheme, verifySignature } from "../primitives/signature.ts";
import { INVALID_REASONS, type IntegrityVerdict, type InvalidReason, type Weakness } from "../verdicts.ts";
import type { Certificate } from "../x509/certificate.ts";
import { isWeakKey } from "../x509/weak-key.ts";
import { identifies } from "./certificate-identifier.ts";
import { counterSignatures } from "./counter-signature.ts";
import {
  checkAlgorithmProtection,
  checkContentType,
  checkMessageDigest,
  checkSigningCertificate,
  checkSigningTime,
  looksLikeSignedAttributes,
  signingTime,
} from "./signed-attributes.ts";
import type { SignerInfo } from "./signer-info.ts";

/** What a signature covers: the content octets, and their digest for each algorithm once only. */
export interface SignedContent {
  /** `null` for another signature, which has none (RFC 5652 section 11.4). */
  readonly contentType: string | null;
  readonly bytes: Uint8Array;
  digest(name: DigestName): Promise<Uint8Array>;
}

export function signedContent(contentType: string | null, bytes: Uint8Array): SignedContent {
  const digests = new Map<DigestName, Promise<Uint8Array>>();
  return {
    contentType,
    bytes,
    digest: (name) => {
      const made = digests.get(name) ?? digest(name, bytes);
      digests.set(name, made);
      return made;
    },
  };
}

/** What can be said of one SignerInfo without knowing whom to trust. */
export interface VerifiedSigner {
  readonly signerInfo: SignerInfo;
  /** Of the content that was signed. */
  readonly contentType: string | null;
  readonly certificate: Certificate | null;
  readonly integrity: IntegrityVerdict;
  /** Name of the digest, or the OID of one without a name here. */
  readonly digest: string;
  /** Kind of the signature scheme, or the name or OID of an unknown one. */
  readonly signature: string;
  readonly signingTime: Date | null;
  readonly weaknesses: readonly Weakness[];
  /** Of its signature; never part of any verdict. */
  readonly counterSignatures: readonly VerifiedSigner[];
}

/**
 * Different certificates that one `sid` may name: a key identifier names those before and after a renewal. Each costs
 * a verification.
 */
const MAX_CANDIDATES = 4;

/**
 * Verifies one SignerInfo over the content (RFC 5652 section 5.6). The certificate is the one that `sid` names, out
 * of `certificates`; no other one is tried (attack 6). Of several that it names, the one that the signature fits.
 * Without the content, all that can be said is who is meant to have signed.
 */
export async function verifySigner(
  signerInfo: SignerInfo,
  content: SignedContent | null,
  certificates: readonly Certificate[],
): Promise<VerifiedSigner> {
  const found = await verifyWithCandidates(signerInfo, content, certificates);
  const signature = signedContent(null, signerInfo.signature);
  const counter = counterSignatures(signerInfo).map((info) => verifyWithCandidates(info, signature, certificates));
  return { ...found, counterSignatures: await Promise.all(counter) };
}

async function verifyWithCandidates(
  signerInfo: SignerInfo,
  content: SignedContent | null,
  certificates: readonly Certificate[],
): Promise<VerifiedSigner> {
  const [first, ...others] = candidatesFor(signerInfo, certificates);
  const verified = await verifyWith(first ?? null, signerInfo, content);
  for (const candidate of verified.integrity.status === "valid" ? [] : others) {
    const other = await verifyWith(candidate, signerInfo, content);
    if (other.integrity.status === "valid") return other;
  }
  return verified;
}

function candidatesFor({ sid }: SignerInfo, certificates: readonly Certificate[]): readonly Certificate[] {
  const found: Certificate[] = [];
  for (const candidate of certificates) {
    if (found.length === MAX_CANDIDATES) break;
    const isNew = found.every(({ der }) => !equalBytes(der, candidate.der));
    if (isNew && identifies(sid, candidate)) found.push(candidate);
  }
  return found;
}

async function verifyWith(
  certificate: Certificate | null,
  signerInfo: SignerInfo,
  content: SignedContent | null,
): Promise<VerifiedSigner> {
  const digestName = digestOfSignerInfo(signerInfo.digestAlgorithm);
  const scheme = signatureScheme(signerInfo.signatureAlgorithm, digestName);
  const weaknesses: Weakness[] = [];
  if ((digestName && isWeakDigest(digestName)) || (scheme && isWeakDigest(scheme.digest)))
    weaknesses.push("weak-digest");
  if (certificate && isWeakKey(certificate)) weaknesses.push("weak-key");
  return {
    signerInfo,
    contentType: content?.contentType ?? null,
    certificate,
    integrity: await integrityOf(signerInfo, content, certificate, digestName, scheme),
    digest: digestName ?? algorithmName(signerInfo.digestAlgorithm.oid),
    signature: scheme?.kind ?? algorithmName(signerInfo.signatureAlgorithm.oid),
    signingTime: signerInfo.signedAttrs && signingTime(signerInfo.signedAttrs.attributes),
    weaknesses,
    counterSignatures: [],
  };
}

async function integrityOf(
  signerInfo: SignerInfo,
  content: SignedContent | null,
  certificate: Certificate | null,
  digestName: DigestName | null,
  scheme: SignatureScheme | null,
): Promise<IntegrityVerdict> {
  if (!content) return { status: "unsupported", reason: "content-missing" };
  if (!certificate) return { status: "unsupported", reason: "signer-certificate-missing" };
  if (!digestName) return { status: "unsupported", reason: "unknown-digest" };
  if (!scheme) return { status: "unsupported", reason: "unknown-signature-algorithm" };
  try {
    const { signedAttrs } = signerInfo;
    const findings = signedAttrs
      ? await attributeFindings(signerInfo, signedAttrs.attributes, content, certificate, digestName)
      : bareContentFindings(content);
    // RFC 8551 section 2.1, RFC 4056 section 3: the signature is over the digest that digestAlgorithm names.
    if (scheme.digest !== digestName) findings.push("digest-algorithm-mismatch");
    const signedBytes = signedAttrs ? signedAttrs.signedBytes : content.bytes;
    const outcome = await verifySignature(scheme, certificate.spki, signedBytes, signerInfo.signature);
    if (outcome === "unsupported") return { status: "unsupported", reason: "unsupported-key" };
    if (outcome === "invalid") findings.push("signature-mismatch");
    const reason = mostUseful(findings);
    return reason ? { status: "invalid", reason } : { status: "valid" };
  } catch (error) {
    if (error instanceof SmimeError) return { status: "invalid", reason: "malformed-signature" };
    throw error;
  }
}

async function attributeFindings(
  signerInfo: SignerInfo,
  attributes: NonNullable<SignerInfo["signedAttrs"]>["attributes"],
  content: SignedContent,
  certificate: Certificate,
  digestName: DigestName,
): Promise<InvalidReason[]> {
  const findings = [
    content.contentType === null ? null : checkContentType(attributes, content.contentType),
    checkMessageDigest(attributes, await content.digest(digestName)),
    checkSigningTime(attributes),
    await checkSigningCertificate(attributes, certificate),
    checkAlgorithmProtection(attributes, signerInfo),
  ];
  return findings.filter((finding) => finding !== null);
}

/** Signing without attributes is for id-data only (RFC 5652 section 5.3), and never over attributes (attack 2). */
function bareContentFindings(content: SignedContent): InvalidReason[] {
  const findings: InvalidReason[] = [];
  if (content.contentType !== null && content.contentType !== ContentType.data)
    findings.push("required-attribute-missing");
  if (looksLikeSignedAttributes(content.bytes)) findings.push("content-is-signed-attributes");
  return findings;
}

function mostUseful(findings: readonly InvalidReason[]): InvalidReason | null {
  return INVALID_REASONS.find((reason) => findings.includes(reason)) ?? null;
}
