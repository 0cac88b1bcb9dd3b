import type { RevocationUnknownReason } from "../verdicts.ts";
import { distributionPoints } from "../x509/distribution-points.ts";
import { ALL_REASONS, type ReasonFlags } from "../x509/reason-flags.ts";
import type { CertificateList } from "./certificate-list.ts";
import {
  type CertificateStatus,
  evidenceTime,
  type RevocationContext,
  type Target,
  unknownStatus,
} from "./certificate-status.ts";
import type { CrlIssuer } from "./crl-issuer.ts";
import { impliedDistributionPoint, interimReasons, isInScope, isOfPointsIssuer } from "./crl-scope.ts";
import { continuesList } from "./delta-crl.ts";
import { REMOVE_FROM_CRL, reasonName } from "./reason.ts";
import { findEntry, type RevokedEntry } from "./revoked-entries.ts";

/** Answers who signed a list; the same list is asked about for one distribution point after another. */
export type CrlIssuerFinder = (list: CertificateList) => Promise<CrlIssuer>;

/**
 * What CRLs say of a certificate: RFC 5280 section 6.3.3, in its order, over the lists at hand. Newer lists come first,
 * so that an older one of the same reasons says nothing any more.
 */
export async function crlStatus(
  target: Target,
  context: RevocationContext,
  findIssuer: CrlIssuerFinder,
): Promise<CertificateStatus> {
  const { certificate } = target;
  const lists = context.evidence.crls.toSorted((a, b) => b.thisUpdate.getTime() - a.thisUpdate.getTime());
  const points = [...distributionPoints(certificate), impliedDistributionPoint(certificate)];
  const problems: RevocationUnknownReason[] = [];
  let reasonsMask: ReasonFlags = 0;
  for (const point of points) {
    for (const list of lists) {
      if (!isOfPointsIssuer(list, point, certificate)) continue;
      if (!isInScope(list, point, certificate)) {
        problems.push("other-scope");
        continue;
      }
      if (list.baseCrlNumber !== null) {
        problems.push("complete-list-missing");
        continue;
      }
      const reasons = interimReasons(list, point);
      // (e): the list speaks for a reason that was not asked about yet.
      if ((reasons & ~reasonsMask) === 0) continue;
      const status = await listStatus(list, lists, target, context, findIssuer);
      if (status.status === "revoked") return status;
      if (status.status === "unknown") {
        problems.push(status.reason);
        continue;
      }
      reasonsMask |= reasons;
      if (reasonsMask === ALL_REASONS) return { status: "good" };
    }
  }
  return unknownStatus(reasonsMask === 0 ? problems : ["some-reasons-only", ...problems]);
}

/** RFC 5280 section 6.3.3 (c) and (f) to (k): one complete list with the delta CRL that continues it. */
async function listStatus(
  complete: CertificateList,
  lists: readonly CertificateList[],
  target: Target,
  context: RevocationContext,
  findIssuer: CrlIssuerFinder,
): Promise<CertificateStatus> {
  if (complete.hasUnknownCriticalExtension) return { status: "unknown", reason: "unknown-critical-extension" };
  const issuer = await findIssuer(complete);
  if (typeof issuer === "string") return { status: "unknown", reason: issuer };
  const delta = await findDelta(complete, issuer, lists, target, context, findIssuer);
  // A delta CRL that is current makes the list that it continues current (section 6.3.3 (a)).
  const problem = windowProblem(complete, target, context);
  if (problem !== null && !(problem === "expired" && delta)) return { status: "unknown", reason: problem };
  const { issuer: certificateIssuer, serialNumber, notAfter } = target.certificate;
  const entry =
    (delta && findEntry(delta.entries, certificateIssuer, serialNumber)) ??
    findEntry(complete.entries, certificateIssuer, serialNumber);
  if (entry && entry.reason !== REMOVE_FROM_CRL) return revoked(entry);
  return mayHaveBeenTakenOff(delta ?? complete, notAfter)
    ? { status: "unknown", reason: "ended-before-list" }
    : { status: "good" };
}

/** RFC 5280 section 6.3.3 (c) and (h): the newest current delta CRL, signed with the key that signed the complete one. */
async function findDelta(
  complete: CertificateList,
  issuer: Exclude<CrlIssuer, string>,
  lists: readonly CertificateList[],
  target: Target,
  context: RevocationContext,
  findIssuer: CrlIssuerFinder,
): Promise<CertificateList | null> {
  for (const delta of lists) {
    if (!continuesList(delta, complete) || delta.hasUnknownCriticalExtension) continue;
    if (windowProblem(delta, target, context) !== null) continue;
    const deltaIssuer = await findIssuer(delta);
    if (typeof deltaIssuer !== "string" && deltaIssuer.certificate === issuer.certificate) return delta;
  }
  return null;
}

/** RFC 5280 sections 5.1.2.4, 5.1.2.5 and 6.3.3 (a): the list is current. */
function windowProblem(
  { thisUpdate, nextUpdate }: CertificateList,
  { certificate }: Target,
  { at }: RevocationContext,
): RevocationUnknownReason | null {
  if (thisUpdate > at) return "not-yet-valid";
  if (nextUpdate === null) return "without-end";
  return nextUpdate < evidenceTime(certificate, at) ? "expired" : null;
}

/** RFC 5280 section 3.3: lists need not keep what has ended, unless they say that they do. */
function mayHaveBeenTakenOff({ thisUpdate, expiredCertsFrom }: CertificateList, notAfter: Date): boolean {
  return thisUpdate > notAfter && !(expiredCertsFrom && expiredCertsFrom <= notAfter);
}

function revoked({ reason, date, invalidityDate }: RevokedEntry): CertificateStatus {
  const since = invalidityDate && invalidityDate < date ? invalidityDate : date;
  return { status: "revoked", reason: reasonName(reason), at: date, since };
}
