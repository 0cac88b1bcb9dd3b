import type { VerifiedSigner } from "../cms/verify-signer.ts";
import { toHex } from "../bytes/hex.ts";
import { PATH_SIGNATURE_CHECKS_PER_SIGNER } from "../limits.ts";
import type { PathVerdict, SignerVerdict } from "../verdicts.ts";
import { type SenderQuestion, matchSender } from "../x509/address-match.ts";
import type { Certificate } from "../x509/certificate.ts";
import { certificateEmails } from "../x509/email-addresses.ts";
import { nameToString } from "../x509/name.ts";
import { expiredSince, findPath, judgementTime, pathNames } from "../x509/path.ts";
import { type PathBudget, pathBudget } from "../x509/path-budget.ts";
import type { TrustAnchor } from "../x509/trust-anchor.ts";
import { signerClaims } from "./signer-claims.ts";

export interface TrustOptions {
  readonly anchors: readonly TrustAnchor[];
  readonly intermediates: readonly Certificate[];
  /** Now. */
  readonly at: Date;
}

/** Whom the message says it is from. */
export type SenderClaim = Omit<SenderQuestion, "certificateEmails">;

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
  return {
    subject: certificate && nameToString(certificate.subject),
    emails,
    issuer: certificate && nameToString(certificate.issuer),
    serial: certificate && toHex(certificate.serialNumber),
    certificate: certificate?.der ?? null,
    digest: signer.digest,
    signature: signer.signature,
    signingTime: signer.signingTime,
    integrity: signer.integrity,
    path: await judgePath(certificate, signer.signingTime, certificates, options),
    revocation: { status: "not-checked", reason: "off" },
    sender: matchSender({ certificateEmails: emails, ...claim }),
    weaknesses: signer.weaknesses,
    claims: await signerClaims(signer, [...certificates, ...options.intermediates]),
  };
}

async function judgePath(
  certificate: Certificate | null,
  signingTime: Date | null,
  certificates: readonly Certificate[],
  { anchors, intermediates, at, budget }: TrustOptions & { readonly budget: PathBudget },
): Promise<PathVerdict> {
  if (!certificate) return { status: "untrusted", reason: "signer-certificate-missing", certificate: null };
  const result = await findPath(certificate, {
    anchors,
    intermediates: [...certificates, ...intermediates],
    at: judgementTime(signingTime, at),
    purpose: "email",
    usage: "sign",
    budget,
  });
  if (result.status === "trusted") {
    return {
      status: "trusted",
      path: pathNames(result.path),
      reason: expiredSince(result.path, at) ? "expired-since" : null,
    };
  }
  const concerned = result.reason === "unknown-issuer" ? result.issuer : result.certificate.subject;
  return { status: "untrusted", reason: result.reason, certificate: concerned ? nameToString(concerned) : null };
}
