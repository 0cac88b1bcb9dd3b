import type { VerifiedSigner } from "../cms/verify-signer.ts";
import { toHex } from "../bytes/hex.ts";
import { PATH_SIGNATURE_CHECKS_PER_SIGNER } from "../limits.ts";
import type { CounterSignature, PathVerdict, SenderVerdict, SignerVerdict, UntrustedReason } from "../verdicts.ts";
import { isShutOut, NO_REVOCATION, type RevocationPolicy, revocationOption } from "../revocation/revocation-policy.ts";
import { type SenderQuestion, matchSender } from "../x509/address-match.ts";
import type { Certificate } from "../x509/certificate.ts";
import { certificateEmails } from "../x509/email-addresses.ts";
import { nameToString } from "../x509/name.ts";
import { expiredSince, findPath, judgementTime, pathNames } from "../x509/path.ts";
import { type PathBudget, pathBudget } from "../x509/path-budget.ts";
import { decidedAddresses, type PersonDecision } from "../x509/person-decision.ts";
import { type TrustAnchor, trustAnchor } from "../x509/trust-anchor.ts";
import { signerClaims } from "./signer-claims.ts";

export interface TrustOptions {
  readonly anchors: readonly TrustAnchor[];
  readonly intermediates: readonly Certificate[];
  /** Now. */
  readonly at: Date;
  /** Whether and how revocation is asked about; off by default. */
  readonly revocation?: RevocationPolicy;
  /** What a person has decided of single certificates; nothing by default. */
  readonly decisions?: readonly PersonDecision[];
}

/** Whom the message says it is from. */
export type SenderClaim = Omit<SenderQuestion, "certificateEmails" | "linked">;

/** What the paths of all signers of a text may cost together. */
export function signersBudget(signers: number): PathBudget {
  const budget = pathBudget();
  return { ...budget, signatureChecks: budget.signatureChecks + PATH_SIGNATURE_CHECKS_PER_SIGNER * signers };
}

/**
 * Adds to a signer whom it is and whether that can be believed. The path is judged at the signing time that is
 * claimed, where it is not in the future; a signature made in time stays good when its certificate ends.
 */
export async function judgeSigner(
  signer: VerifiedSigner,
  certificates: readonly Certificate[],
  claim: SenderClaim,
  options: TrustOptions & { readonly budget: PathBudget },
): Promise<SignerVerdict> {
  const { certificate } = signer;
  const emails = certificate ? certificateEmails(certificate) : [];
  const decided = certificate ? decidedAddresses(certificate, options.decisions ?? []) : [];
  const sender = matchSender({ certificateEmails: emails, linked: decided, ...claim });
  const trust = await judgePath(certificate, signer.signingTime, certificates, options);
  const isByPerson = certificate !== null && isDecidable(trust.path) && isVouchedFor(decided, sender, claim);
  return {
    subject: certificate && nameToString(certificate.subject),
    emails,
    issuer: certificate && nameToString(certificate.issuer),
    serial: certificate && toHex(certificate.serialNumber),
    certificate: certificate?.der ?? null,
    digest: signer.digest,
    signature: signer.signature,
    signatureValue: signer.signerInfo.signature.slice(),
    signingTime: signer.signingTime,
    integrity: signer.integrity,
    ...(isByPerson ? await judgeByPerson(certificate, signer.signingTime, options) : trust),
    sender,
    weaknesses: signer.weaknesses,
    counterSignatures: signer.counterSignatures.map(counterSignature),
    claims: await signerClaims(signer, [...certificates, ...options.intermediates]),
  };
}

function counterSignature({ certificate, ...signer }: VerifiedSigner): CounterSignature {
  const { digest, signature, signingTime, integrity } = signer;
  return {
    subject: certificate && nameToString(certificate.subject),
    issuer: certificate && nameToString(certificate.issuer),
    serial: certificate && toHex(certificate.serialNumber),
    digest,
    signature,
    signingTime,
    integrity,
  };
}

type TrustVerdict = Pick<SignerVerdict, "path" | "revocation" | "issuers">;

async function judgePath(
  certificate: Certificate | null,
  signingTime: Date | null,
  certificates: readonly Certificate[],
  options: TrustOptions & { readonly budget: PathBudget },
): Promise<TrustVerdict> {
  const { anchors, intermediates, at, budget, revocation: policy = NO_REVOCATION } = options;
  if (!certificate) return untrusted("signer-certificate-missing", null, policy);
  const signedAt = judgementTime(signingTime, at);
  const result = await findPath(certificate, {
    anchors,
    intermediates: certificates,
    known: intermediates,
    at: signedAt,
    purpose: "email",
    usage: "sign",
    budget,
    ...revocationOption(policy, at, signedAt),
  });
  if (result.status === "untrusted") {
    const concerned = result.reason === "unknown-issuer" ? result.issuer : result.certificate.subject;
    return untrusted(result.reason, concerned ? nameToString(concerned) : null, policy);
  }
  const { path, revocation } = result;
  if (revocation.status === "unknown" && isShutOut(revocation, policy)) {
    const { certificate: name } = revocation;
    return { path: { status: "untrusted", reason: "revocation-unknown", certificate: name }, revocation, issuers: [] };
  }
  const reason = expiredSince(path, at) ? "expired-since" : null;
  const issuers = path.certificates.slice(1).map(({ der }) => der);
  return { path: { status: "trusted", path: pathNames(path), reason }, revocation, issuers };
}

/** A person may vouch where nobody does, and never against a rule that a path breaks or an anchor that lost its trust. */
function isDecidable(path: PathVerdict): boolean {
  return path.status === "untrusted" && (path.reason === "unknown-issuer" || path.reason === "self-signed");
}

/** The certificate names every From, and the person has decided for each of them. */
function isVouchedFor(decided: readonly string[], sender: SenderVerdict, claim: SenderClaim): boolean {
  const isNamed = sender.status === "matches" && sender.reason !== "linked";
  return isNamed && matchSender({ certificateEmails: decided, ...claim }).status === "matches";
}

/** Trusted as a leaf and for nothing else; its time, purpose and strength are judged as everybody's. */
async function judgeByPerson(
  certificate: Certificate,
  signingTime: Date | null,
  { at, budget }: TrustOptions & { readonly budget: PathBudget },
): Promise<TrustVerdict> {
  const result = await findPath(certificate, {
    anchors: [trustAnchor(certificate, "email")],
    intermediates: [],
    at: judgementTime(signingTime, at),
    purpose: "email",
    usage: "sign",
    budget,
  });
  if (result.status === "untrusted")
    return untrusted(result.reason, nameToString(result.certificate.subject), NO_REVOCATION);
  const reason = expiredSince(result.path, at) ? "expired-since" : null;
  return {
    path: { status: "trusted", path: pathNames(result.path), reason, by: "person" },
    revocation: { status: "not-checked", reason: "trusted-itself" },
    issuers: [],
  };
}

/** Nothing is asked of a certificate that nobody vouches for. */
function untrusted(reason: UntrustedReason, certificate: string | null, { mode }: RevocationPolicy): TrustVerdict {
  return {
    path: { status: "untrusted", reason, certificate },
    revocation: { status: "not-checked", reason: mode === "off" ? "off" : "path-untrusted" },
    issuers: [],
  };
}
