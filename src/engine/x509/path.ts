import { type RevocationVerdict, UNTRUSTED_REASONS, type UntrustedReason } from "../verdicts.ts";
import { type AnchorConstraints, withAnchor } from "./anchor-constraints.ts";
import type { Certificate } from "./certificate.ts";
import { checkSignatureAlgorithms, checkKeySizes } from "./checks/algorithm-strength.ts";
import { checkAnchorTrust } from "./checks/anchor-trust.ts";
import {
  checkAnchorBasicConstraints,
  checkBasicConstraints,
  checkKeyCertSign,
  checkLeafKeyCertSign,
  checkPathLength,
} from "./checks/certificate-authority.ts";
import {
  checkCriticalExtensions,
  checkEmptySubject,
  checkExtensionSyntax,
  checkNameConstraintsPlace,
} from "./checks/extensions.ts";
import { checkExtendedKeyUsage, checkLeafKeyUsage, type Usage } from "./checks/key-purpose.ts";
import { checkIssuerNames, checkNameChaining } from "./checks/name-chaining.ts";
import { checkNameConstraints } from "./checks/name-constraints.ts";
import { checkPolicies, checkPolicyMappings, NO_POLICY_DEMANDED, type PolicyInputs } from "./checks/policies.ts";
import { checkSignatures, isAnchorItself } from "./checks/signature.ts";
import { checkValidity, wholeSecond } from "./checks/validity.ts";
import type { Violation } from "./checks/violation.ts";
import { type Name, nameToString } from "./name.ts";
import { type PathBudget, pathBudget } from "./path-budget.ts";
import { buildPaths, type CandidatePath, type DeadEnd } from "./path-building.ts";
import { type SignatureChecker, signatureChecker } from "./signature-check.ts";
import type { TrustAnchor } from "./trust-anchor.ts";

export interface PathOptions {
  readonly anchors: readonly TrustAnchor[];
  readonly intermediates: readonly Certificate[];
  /** Further candidates, in a list that lives longer than the question: it is indexed once. */
  readonly known?: readonly Certificate[];
  /** The time for which the path is judged. */
  readonly at: Date;
  /** "email" demands that extendedKeyUsage, where present, allows mail. */
  readonly purpose: "email" | "any";
  /** The operation that the leaf's keyUsage, where present, has to allow. */
  readonly usage: Usage;
  /** What is demanded of certificate policies; nothing by default. */
  readonly policies?: PolicyInputs;
  /** Whether the extensions of an anchor's certificate bind (RFC 5937); "ignored" by default. */
  readonly anchorConstraints?: AnchorConstraints;
  /** Asks of a path that passed all else whether one of its certificates is revoked; nobody asks by default. */
  readonly revocation?: (path: VerifiedPath) => Promise<RevocationVerdict>;
  /** Where several paths are to cost no more together. */
  readonly budget?: PathBudget;
}

declare const verified: unique symbol;

/** A path that passed every check. Only `findPath` makes one. */
export interface VerifiedPath extends CandidatePath {
  readonly [verified]: true;
}

interface TrustedPath {
  readonly status: "trusted";
  readonly path: VerifiedPath;
  readonly revocation: RevocationVerdict;
}

export type PathResult =
  | TrustedPath
  | {
      readonly status: "untrusted";
      readonly reason: UntrustedReason;
      /** The certificate that the reason concerns. */
      readonly certificate: Certificate;
      /** With `unknown-issuer`: who is missing. */
      readonly issuer?: Name;
    };

/**
 * Finds a path from the leaf to an anchor that passes RFC 5280 section 6.1 and the mail profile of RFC 8550 section 4;
 * of several, one on which nothing is revoked. Where there is none, the reason is that of the path which got furthest,
 * by the rank of `UNTRUSTED_REASONS`.
 */
export async function findPath(leaf: Certificate, options: PathOptions): Promise<PathResult> {
  const budget = options.budget ?? pathBudget();
  const check = signatureChecker(budget);
  let best = null as DeadEnd | Violation | null;
  let trusted: TrustedPath | null = null;
  const report = (failure: DeadEnd | Violation): void => {
    if (best === null || rank(failure) < rank(best)) best = failure;
  };
  for await (const candidate of buildPaths(leaf, options, budget, check, report)) {
    const violation = await judge(candidate, options, budget, check);
    if (violation) {
      report(violation);
    } else {
      const path = candidate as VerifiedPath;
      const revocation = (await options.revocation?.(path)) ?? NOT_ASKED;
      if (revocation.status === "good" || revocation.status === "not-checked") {
        return { status: "trusted", path, revocation };
      }
      const isBetter = trusted?.revocation.status === "revoked" && revocation.status === "unknown";
      if (trusted === null || isBetter) trusted = { status: "trusted", path, revocation };
    }
  }
  if (trusted) return trusted;
  return { status: "untrusted", ...(best ?? { reason: "unknown-issuer", certificate: leaf, issuer: leaf.issuer }) };
}

const NOT_ASKED: RevocationVerdict = { status: "not-checked", reason: "off" };

function rank({ reason }: Violation): number {
  return UNTRUSTED_REASONS.indexOf(reason);
}

/** Of all rules that a path breaks, the gravest: the last in rank. `null` where it breaks none. */
async function judge(
  path: CandidatePath,
  { at, purpose, usage, policies = NO_POLICY_DEMANDED, anchorConstraints = "ignored" }: PathOptions,
  budget: PathBudget,
  check: SignatureChecker,
): Promise<Violation | null> {
  const constrained = anchorConstraints === "enforced" ? withAnchor(path) : path;
  const syntax = checkExtensionSyntax(constrained);
  if (syntax) return syntax;
  const violations = [
    await checkSignatures(path, check),
    checkSignatureAlgorithms(path),
    checkKeySizes(path),
    checkValidity(path, at),
    checkNameChaining(path),
    checkNameConstraintsPlace(constrained),
    checkNameConstraints(constrained, budget),
    checkIssuerNames(path),
    checkEmptySubject(path),
    checkBasicConstraints(path),
    checkAnchorBasicConstraints(constrained),
    checkPathLength(constrained),
    checkKeyCertSign(constrained),
    checkCriticalExtensions(constrained),
    checkExtendedKeyUsage(constrained, purpose),
    checkLeafKeyUsage(path, usage),
    checkLeafKeyCertSign(path),
    checkPolicyMappings(path),
    checkPolicies(path, policies, anchorConstraints),
    checkAnchorTrust(path, purpose),
  ].filter((violation) => violation !== null);
  return violations.sort((a, b) => rank(b) - rank(a))[0] ?? null;
}

/** The subjects from the leaf to the anchor (RFC 4514). */
export function pathNames(path: VerifiedPath): readonly string[] {
  const certificates = isAnchorItself(path) ? path.certificates : [...path.certificates, path.anchor.certificate];
  return certificates.map(({ subject }) => nameToString(subject));
}

/** Whether a certificate of the path, other than the anchor, has ended by `now`. */
export function expiredSince({ certificates }: VerifiedPath, now: Date): boolean {
  const second = wholeSecond(now);
  return certificates.some(({ notAfter }) => notAfter < second);
}

/**
 * The time for which a signature's path is judged: the signing time that is claimed, where it is not later than now,
 * else now. A claim of the future would make a certificate good that is not valid yet.
 */
export function judgementTime(signingTime: Date | null, now: Date): Date {
  return signingTime && signingTime <= now ? signingTime : now;
}
