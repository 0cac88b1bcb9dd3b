import { SmimeError, type ErrorContext, type SmimeErrorCode } from "../engine/errors.ts";
import { matchSender } from "../engine/x509/address-match.ts";
import type { Certificate } from "../engine/x509/certificate.ts";
import { readCertificates } from "../engine/x509/containers.ts";
import { certificateEmails } from "../engine/x509/email-addresses.ts";
import { findPath, pathNames } from "../engine/x509/path.ts";
import type { TrustAnchor } from "../engine/x509/trust-anchor.ts";

/** One question for `signet path`, with the contents of its files. */
export interface PathCase {
  readonly anchors: readonly TrustAnchor[];
  /** Files with certificates, in any form. */
  readonly intermediates: readonly Uint8Array[];
  /** A file whose first certificate is judged; further ones are candidates for its issuers. */
  readonly leaf: Uint8Array;
  readonly at: Date;
  readonly purpose: "email" | "any";
  /** An address that the leaf has to name; `null` where none is asked for. */
  readonly email: string | null;
}

/** What is printed of one leaf. The names are a contract (cli.md). */
export interface PathCaseResult {
  readonly status: "trusted" | "untrusted";
  readonly reason: string | null;
  /** Names from the leaf to the anchor; empty where untrusted. */
  readonly path: readonly string[];
  readonly revocation: "not-checked";
  /** Why the leaf could not be read. */
  readonly error?: { readonly code: SmimeErrorCode; readonly context: ErrorContext };
}

/** Judges one leaf. A leaf that cannot be read is untrusted, and the error says why. */
export async function judgePath(pathCase: PathCase): Promise<PathCaseResult> {
  try {
    const [leaf, ...others] = readCertificates(pathCase.leaf);
    if (!leaf) throw new SmimeError("malformed.certificate", { reason: "no-certificate" });
    return await judgeLeaf(leaf, others, pathCase);
  } catch (error) {
    if (!(error instanceof SmimeError)) throw error;
    const { code, context } = error;
    return { ...untrusted(code), error: { code, context } };
  }
}

async function judgeLeaf(leaf: Certificate, others: readonly Certificate[], pathCase: PathCase) {
  const { anchors, at, purpose, email } = pathCase;
  const intermediates = [...others, ...pathCase.intermediates.flatMap(readableCertificates)];
  const result = await findPath(leaf, { anchors, intermediates, at, purpose, usage: "any" });
  if (result.status === "untrusted") return untrusted(result.reason);
  const difference = email === null ? null : addressDifference(leaf, email);
  if (difference) return untrusted(difference);
  return { status: "trusted", reason: null, path: pathNames(result.path), revocation: "not-checked" } as const;
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
