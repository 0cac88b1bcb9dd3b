import { equalBytes } from "../bytes/equal.ts";
import { SmimeError } from "../errors.ts";
import type { RevocationUnknownReason } from "../verdicts.ts";
import type { Certificate } from "../x509/certificate.ts";
import { keyUsage } from "../x509/key-usage.ts";
import { sameName } from "../x509/name.ts";
import { findPath, type VerifiedPath } from "../x509/path.ts";
import { spend } from "../x509/path-budget.ts";
import type { CertificateList } from "./certificate-list.ts";
import { evidenceTime, type RevocationContext, type Target } from "./certificate-status.ts";
import { checkCrlSignature } from "./crl-signature.ts";

/** Who signed a list, or why nobody who may did. */
export type CrlIssuer =
  | {
      readonly certificate: Certificate;
      /** Its own path; `null` where it stands on the target's. */
      readonly path: VerifiedPath | null;
    }
  | RevocationUnknownReason;

const SIGNATURE_REASONS = {
  invalid: "signature-invalid",
  weak: "weak-signature-algorithm",
  unsupported: "unsupported-signature-algorithm",
} as const;

/**
 * RFC 5280 section 6.3.3 (f) and (g): a certificate of the list's issuer whose key signed it, which may sign lists, and
 * whose path ends at the same anchor as the target's. A certificate does not vouch for itself.
 */
export async function findCrlIssuer(
  list: CertificateList,
  target: Target,
  context: RevocationContext,
): Promise<CrlIssuer> {
  const trusted = [...target.path.certificates, target.path.anchor.certificate];
  let problem: RevocationUnknownReason = "issuer-missing";
  for (const candidate of [...trusted, ...context.evidence.certificates]) {
    if (!sameName(candidate.subject, list.issuer) || equalBytes(candidate.der, target.certificate.der)) continue;
    if (!spend(context.budget, "signatureChecks")) return "budget-exhausted";
    const signature = await checkCrlSignature(list, candidate.spki);
    if (signature !== "valid") {
      if (problem === "issuer-missing") problem = SIGNATURE_REASONS[signature];
    } else if (!mayStandForCrls(candidate)) {
      problem = "issuer-not-allowed";
    } else if (trusted.includes(candidate)) {
      return { certificate: candidate, path: null };
    } else {
      const path = await findIssuerPath(candidate, target, context);
      if (path) return { certificate: candidate, path };
      problem = "issuer-untrusted";
    }
  }
  return problem;
}

/** RFC 5280 section 6.3.3 (f): an issuer that has keyUsage has cRLSign in it. */
function mayStandForCrls(issuer: Certificate): boolean {
  try {
    return keyUsage(issuer)?.has("cRLSign") !== false;
  } catch (error) {
    if (error instanceof SmimeError) return false;
    throw error;
  }
}

/** RFC 5280 section 6.3.3 (f): "the trust anchor MUST be the same as the one used to validate the target". */
async function findIssuerPath(
  candidate: Certificate,
  { certificate, path }: Target,
  { evidence, at, budget }: RevocationContext,
): Promise<VerifiedPath | null> {
  const result = await findPath(candidate, {
    anchors: [path.anchor],
    intermediates: [...path.certificates, ...evidence.certificates],
    at: evidenceTime(certificate, at),
    purpose: "any",
    usage: "any",
    budget,
  });
  return result.status === "trusted" ? result.path : null;
}
