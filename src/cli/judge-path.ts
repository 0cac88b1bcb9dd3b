import { SmimeError, type ErrorContext, type SmimeErrorCode } from "../engine/errors.ts";
import { isShutOut, revocationOption } from "../engine/revocation/revocation-policy.ts";
import type { RevocationVerdict } from "../engine/verdicts.ts";
import { matchSender } from "../engine/x509/address-match.ts";
import type { AnchorConstraints } from "../engine/x509/anchor-constraints.ts";
import type { Certificate } from "../engine/x509/certificate.ts";
import type { PolicyInputs } from "../engine/x509/checks/policies.ts";
import { readCertificates, readCertificateWithChain } from "../engine/x509/containers.ts";
import { certificateEmails } from "../engine/x509/email-addresses.ts";
import { findPath, pathNames } from "../engine/x509/path.ts";
import type { TrustAnchor } from "../engine/x509/trust-anchor.ts";
import { type RevocationFiles, revocationPolicy } from "./revocation.ts";

/** One question for `signet path`, with the contents of its files. */
export interface PathCase {
  readonly anchors: readonly TrustAnchor[];
  /** Files with certificates, in any form. */
  readonly intermediates: readonly Uint8Array[];
  /** A file whose first certificate is judged; further ones are candidates for its issuers. */
  readonly leaf: Uint8Array;
  readonly at: Date;
  readonly purpose: "email" | "any";
  readonly revocation: RevocationFiles;
  readonly policies: PolicyInputs;
  readonly anchorConstraints: AnchorConstraints;
  /** An address that the leaf has to name; `null` where none is asked for. */
  readonly email: string | null;
}

/** What is printed of one leaf. The names are a contract (cli.md). */
export interface PathCaseResult {
  readonly status: "trusted" | "untrusted";
  readonly reason: string | null;
  /** Names from the leaf to the anchor; empty where untrusted. */
  readonly path: readonly string[];
  readonly revocation: RevocationVerdict["status"];
  /** Why it is not "good", where it was asked about. */
  readonly revocationReason?: string;
  /** Why the leaf, or an anchor, could not be read. */
  readonly error?: { readonly code: SmimeErrorCode; readonly context: ErrorContext };
}

/** Judges one leaf. A leaf that cannot be read is untrusted, and the error says why. */
export async function judgePath(pathCase: PathCase): Promise<PathCaseResult> {
  try {
    const [leaf, ...others] = readCertificateWithChain(pathCase.leaf);
    return await judgeLeaf(leaf, others, pathCase);
  } catch (error) {
    if (!(error instanceof SmimeError)) throw error;
    return unreadable(error);
  }
}

/** What is said of a case whose leaf or anchor cannot be read. */
export function unreadable({ code, context }: SmimeError): PathCaseResult {
  return { ...untrusted(code), error: { code, context } };
}

async function judgeLeaf(
  leaf: Certificate,
  others: readonly Certificate[],
  pathCase: PathCase,
): Promise<PathCaseResult> {
  const { anchors, at, purpose, email, policies, anchorConstraints } = pathCase;
  const intermediates = [...others, ...pathCase.intermediates.flatMap(readableCertificates)];
  const policy = revocationPolicy(pathCase.revocation, intermediates);
  const result = await findPath(leaf, {
    anchors,
    intermediates,
    at,
    purpose,
    usage: "any",
    policies,
    anchorConstraints,
    ...revocationOption(policy, at, at),
  });
  if (result.status === "untrusted") return untrusted(result.reason);
  const difference = email === null ? null : addressDifference(leaf, email);
  if (difference) return untrusted(difference);
  const revocation = describeRevocation(result.revocation);
  if (result.revocation.status === "revoked") return { ...untrusted("revoked"), ...revocation };
  if (isShutOut(result.revocation, policy)) return { ...untrusted("revocation-unknown"), ...revocation };
  return { status: "trusted", reason: null, path: pathNames(result.path), ...revocation };
}

function describeRevocation(verdict: RevocationVerdict): Pick<PathCaseResult, "revocation" | "revocationReason"> {
  const { status } = verdict;
  if (status === "good" || (status === "not-checked" && verdict.reason === "off")) return { revocation: status };
  return { revocation: status, revocationReason: verdict.reason };
}

function untrusted(reason: string): PathCaseResult {
  return { status: "untrusted", reason, path: [], revocation: "not-checked" };
}

/** A candidate that cannot be read is no candidate. */
function readableCertificates(file: Uint8Array): Certificate[] {
  try {
    return readCertificates(file);
  } catch (error) {
    if (error instanceof SmimeError) return [];
    throw error;
  }
}

function addressDifference(leaf: Certificate, email: string): string | null {
  const verdict = matchSender({
    certificateEmails: certificateEmails(leaf),
    from: [email],
    sender: null,
    protectedFrom: null,
  });
  return verdict.status === "matches" ? null : verdict.reason;
}
