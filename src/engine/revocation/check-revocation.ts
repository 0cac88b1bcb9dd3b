import type { RevocationVerdict } from "../verdicts.ts";
import { REVOCATION_UNKNOWN_REASONS } from "../verdicts.ts";
import type { Certificate } from "../x509/certificate.ts";
import { isAnchorItself } from "../x509/checks/signature.ts";
import { nameToString } from "../x509/name.ts";
import type { VerifiedPath } from "../x509/path.ts";
import { pathBudget } from "../x509/path-budget.ts";
import type { CertificateList } from "./certificate-list.ts";
import {
  type CertificateStatus,
  combineStatuses,
  type RevocationContext,
  type RevocationEvidence,
  type Target,
} from "./certificate-status.ts";
import { type CrlIssuer, findCrlIssuer } from "./crl-issuer.ts";
import { type CrlIssuerFinder, crlStatus } from "./crl-status.ts";
import type { ResponderStatus } from "./ocsp-responder.ts";
import { ocspStatus } from "./ocsp-status.ts";
import { isWithoutReach } from "./reason.ts";

export interface RevocationQuestion {
  readonly evidence: RevocationEvidence;
  /** Now: revocation is asked about today, whenever something was signed. */
  readonly at: Date;
  /** When it was signed, as the signer says; `at` where nothing was signed. */
  readonly signedAt: Date;
}

/** Issuers of lists have issuers, whose lists have issuers: one step is followed, as a chain of CAs has it. */
const MAX_ISSUER_STEPS = 1;

/**
 * Whether a certificate of a verified path is revoked, its anchor excepted (RFC 5280 section 6.3, RFC 6960): the worst
 * that is true of any of them, the leaf first. The evidence may come from anywhere; what does not hold is passed over.
 */
export async function checkRevocation(path: VerifiedPath, question: RevocationQuestion): Promise<RevocationVerdict> {
  if (isAnchorItself(path)) return { status: "not-checked", reason: "trusted-itself" };
  const context: RevocationContext = { evidence: question.evidence, at: question.at, budget: pathBudget() };
  const verdicts: RevocationVerdict[] = [];
  for (const target of targetsOf(path)) {
    const status = await certificateStatus(target, context, MAX_ISSUER_STEPS);
    verdicts.push(verdictOn(status, target.certificate, question.signedAt));
  }
  return worst(verdicts);
}

function targetsOf(path: VerifiedPath): readonly Target[] {
  const issuers = [...path.certificates.slice(1), path.anchor.certificate];
  return path.certificates.map((certificate, i) => ({
    certificate,
    issuer: issuers[i] ?? path.anchor.certificate,
    path,
  }));
}

async function certificateStatus(
  target: Target,
  context: RevocationContext,
  steps: number,
): Promise<CertificateStatus> {
  const responderStatus: ResponderStatus = async (certificate) => {
    const responder = { ...target, certificate };
    return crlStatus(responder, context, issuerFinder(responder, context, steps));
  };
  return combineStatuses([
    await ocspStatus(target, context, responderStatus),
    await crlStatus(target, context, issuerFinder(target, context, steps)),
  ]);
}

/** Finds the issuer of a list once for all distribution points that lead to it. */
function issuerFinder(target: Target, context: RevocationContext, steps: number): CrlIssuerFinder {
  const found = new Map<CertificateList, CrlIssuer>();
  return async (list) => {
    const known = found.get(list);
    if (known) return known;
    const issuer = await findCrlIssuer(list, target, context);
    const answer = (await isIssuerRevoked(issuer, target, context, steps)) ? "issuer-revoked" : issuer;
    found.set(list, answer);
    return answer;
  };
}

/** RFC 5280 section 6.3.3 (f) asks for the whole path of a list's issuer: what is not on the target's is asked about. */
async function isIssuerRevoked(
  issuer: CrlIssuer,
  target: Target,
  context: RevocationContext,
  steps: number,
): Promise<boolean> {
  if (typeof issuer === "string" || !issuer.path || steps === 0) return false;
  for (const own of targetsOf(issuer.path)) {
    if (target.path.certificates.includes(own.certificate)) continue;
    if ((await certificateStatus(own, context, steps - 1)).status === "revoked") return true;
  }
  return false;
}

/** A reason that says nothing of the time before stays a revocation where it came after the signing, in other words. */
function verdictOn(status: CertificateStatus, certificate: Certificate, signedAt: Date): RevocationVerdict {
  const name = nameToString(certificate.subject);
  switch (status.status) {
    case "good":
      return status;
    case "unknown":
      return { ...status, certificate: name };
    case "revoked": {
      const { reason, at, since } = status;
      const isLater = isWithoutReach(reason) && signedAt < since;
      return { status: "revoked", reason: isLater ? `${reason}-after-signing` : reason, at, certificate: name };
    }
  }
}

function worst(verdicts: readonly RevocationVerdict[]): RevocationVerdict {
  const [first = { status: "good" } as const] = verdicts.toSorted((a, b) => rank(a) - rank(b));
  return first;
}

function rank(verdict: RevocationVerdict): number {
  switch (verdict.status) {
    case "revoked":
      return verdict.reason.endsWith("-after-signing") ? -1 : -2;
    case "unknown":
      return REVOCATION_UNKNOWN_REASONS.indexOf(verdict.reason);
    default:
      return REVOCATION_UNKNOWN_REASONS.length;
  }
}
