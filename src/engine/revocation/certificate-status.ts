import type { PathBudget } from "../x509/path-budget.ts";
import type { Certificate } from "../x509/certificate.ts";
import type { VerifiedPath } from "../x509/path.ts";
import { REVOCATION_UNKNOWN_REASONS, type RevocationReason, type RevocationUnknownReason } from "../verdicts.ts";
import type { CertificateList } from "./certificate-list.ts";
import type { OcspResponse } from "./ocsp-response.ts";

/** What is at hand to answer from; where it came from is no matter, since all of it is verified. */
export interface RevocationEvidence {
  readonly crls: readonly CertificateList[];
  readonly ocspResponses: readonly OcspAnswer[];
  /** Candidates for the issuers of lists and responses, and for their issuers. */
  readonly certificates: readonly Certificate[];
}

export interface OcspAnswer {
  readonly response: OcspResponse;
  /** The nonce of the request that it answers; `null` where none was sent or nobody knows. */
  readonly requestNonce: Uint8Array | null;
}

/** The certificate that is asked about, on its verified path. */
export interface Target {
  readonly certificate: Certificate;
  /** Who issued it: the next certificate of the path, or its anchor's. */
  readonly issuer: Certificate;
  readonly path: VerifiedPath;
}

export interface RevocationContext {
  readonly evidence: RevocationEvidence;
  /** Now. */
  readonly at: Date;
  readonly budget: PathBudget;
}

export type CertificateStatus =
  | { readonly status: "good" }
  | {
      readonly status: "revoked";
      readonly reason: RevocationReason;
      /** revocationDate */
      readonly at: Date;
      /** The earlier of revocationDate and, where it is given, invalidityDate: from then on nothing holds. */
      readonly since: Date;
    }
  | { readonly status: "unknown"; readonly reason: RevocationUnknownReason };

/** The answer where none of the sources has one: the reason that comes first in rank. */
export function unknownStatus(reasons: readonly RevocationUnknownReason[]): CertificateStatus {
  const first = REVOCATION_UNKNOWN_REASONS.find((reason) => reasons.includes(reason));
  return { status: "unknown", reason: first ?? "no-list-and-no-response" };
}

/** Revoked by anybody who may say so is revoked; good by anybody is good; else the best reason why nobody knows. */
export function combineStatuses(statuses: readonly CertificateStatus[]): CertificateStatus {
  const revoked = statuses.find(({ status }) => status === "revoked");
  if (revoked) return revoked;
  const good = statuses.find(({ status }) => status === "good");
  return good ?? unknownStatus(statuses.flatMap((status) => (status.status === "unknown" ? [status.reason] : [])));
}

/**
 * The time for which evidence has to be current: now, or for a certificate that has ended its last moment, since later
 * lists may leave it out (RFC 5280 section 3.3).
 */
export function evidenceTime({ notAfter }: Certificate, now: Date): Date {
  return notAfter < now ? notAfter : now;
}
