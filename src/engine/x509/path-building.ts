import { equalBytes } from "../bytes/equal.ts";
import { hashBytes } from "../bytes/hash.ts";
import { MAX_PATH_LENGTH } from "../limits.ts";
import type { UntrustedReason } from "../verdicts.ts";
import type { Certificate } from "./certificate.ts";
import { certificatesNamed } from "./certificate-index.ts";
import { authorityKeyIdentifier, subjectKeyIdentifier } from "./key-identifiers.ts";
import { type Name, nameKey, sameName } from "./name.ts";
import { type PathBudget, spend } from "./path-budget.ts";
import type { SignatureChecker } from "./signature-check.ts";
import { mayIssue, type TrustAnchor } from "./trust-anchor.ts";

/** Certificates from the leaf to an anchor, in which every name and signature fits and nothing else is judged. */
export interface CandidatePath {
  /** Leaf first; without the anchor, except where the leaf itself is one. */
  readonly certificates: readonly [Certificate, ...Certificate[]];
  readonly anchor: TrustAnchor;
}

/** Where the search could not go on. */
export interface DeadEnd {
  readonly reason: UntrustedReason;
  readonly certificate: Certificate;
  /** The issuer that is missing. */
  readonly issuer?: Name;
}

export interface CertificatePool {
  readonly anchors: readonly TrustAnchor[];
  readonly intermediates: readonly Certificate[];
  /** Further candidates, in a list that lives longer than the question: it is indexed once. */
  readonly known?: readonly Certificate[];
  /** Candidates valid at this time are tried first. */
  readonly at: Date;
}

interface Issuer {
  readonly certificate: Certificate;
  /** `null` for an intermediate certificate. */
  readonly anchor: TrustAnchor | null;
}

/**
 * Builds paths from the leaf upwards, depth first (RFC 4158). Yields every complete candidate in the order of promise
 * and reports every dead end in between; ends when the budget does.
 */
export async function* buildPaths(
  leaf: Certificate,
  pool: CertificatePool,
  budget: PathBudget,
  checkSignature: SignatureChecker,
  report: (deadEnd: DeadEnd) => void,
): AsyncGenerator<CandidatePath> {
  for (const anchor of pool.anchors) {
    if (equalBytes(anchor.certificate.der, leaf.der)) yield { certificates: [leaf], anchor };
  }
  const issuersOf = issuerSearch(pool);
  // One branch for each certificate on the path, the leaf's at the bottom: with what of its issuers is left to try.
  const branches: Branch[] = [branchOf(leaf)];
  for (let branch = branches.at(-1); branch; branch = branches.at(-1)) {
    const { certificate: last, issuers } = branch;
    const issuer = issuers[branch.next++];
    if (!issuer) {
      if (!branch.hasCandidate) report(noIssuer(last, branches.length));
      branches.pop();
      continue;
    }
    const { certificate, anchor } = issuer;
    if (!spend(budget, "steps")) {
      report({ reason: "path-budget-exhausted", certificate: last });
      return;
    }
    if (anchor === null && isOnPath(certificate, branches)) continue;
    branch.hasCandidate = true;
    if (anchor && !mayIssue(anchor)) {
      report({ reason: "issuer-not-a-ca", certificate });
      continue;
    }
    const signature = await checkSignature(last, certificate);
    if (signature === "budget-exhausted") {
      report({ reason: "path-budget-exhausted", certificate: last });
      return;
    }
    if (signature !== "valid") {
      const reason = signature === "invalid" ? "wrong-issuer-key" : "unsupported-signature-algorithm";
      report({ reason, certificate: last });
    } else if (anchor) {
      yield { certificates: [leaf, ...branches.slice(1).map((below) => below.certificate)], anchor };
    } else if (branches.length >= MAX_PATH_LENGTH) {
      report({ reason: "path-too-long", certificate: last });
    } else {
      branches.push(branchOf(certificate));
    }
  }

  function branchOf(certificate: Certificate): Branch {
    return { certificate, issuers: issuersOf(certificate), next: 0, hasCandidate: false };
  }
}

interface Branch {
  readonly certificate: Certificate;
  readonly issuers: readonly Issuer[];
  /** Index of the issuer to try next. */
  next: number;
  hasCandidate: boolean;
}

function noIssuer(certificate: Certificate, length: number): DeadEnd {
  if (length === 1 && nameKey(certificate.issuer) === nameKey(certificate.subject)) {
    return { reason: "self-signed", certificate };
  }
  return { reason: "unknown-issuer", certificate, issuer: certificate.issuer };
}

/** Finds the candidates of a certificate's issuer once: in a mesh the same question comes thousands of times. */
function issuerSearch(pool: CertificatePool): (certificate: Certificate) => readonly Issuer[] {
  const found = new Map<Certificate, readonly Issuer[]>();
  return (certificate) => {
    const known = found.get(certificate);
    if (known) return known;
    const candidates = promisingFirst(certificate, withoutDuplicates(issuersNamed(certificate.issuer, pool)), pool.at);
    found.set(certificate, candidates);
    return candidates;
  };
}

function issuersNamed(name: Name, { anchors, intermediates, known = [] }: CertificatePool): readonly Issuer[] {
  return [
    ...anchors
      .filter((anchor) => sameName(anchor.certificate.subject, name))
      .map((anchor) => ({ certificate: anchor.certificate, anchor })),
    ...[intermediates, known].flatMap((pool) =>
      certificatesNamed(name, pool).map((certificate) => ({ certificate, anchor: null })),
    ),
  ];
}

/** Of certificates that share a hash, so many are compared: more is an attack, and costs it only its own tries. */
const MAX_COMPARED = 8;

/** Each certificate once; anchors come first, and what is an anchor is nothing else. */
function withoutDuplicates(issuers: readonly Issuer[]): readonly Issuer[] {
  if (issuers.length < 2) return issuers;
  const seen = new Map<number, Uint8Array[]>();
  return issuers.filter(({ certificate: { der }, anchor }) => {
    const hash = hashBytes(der);
    const sameHash = seen.get(hash);
    // The same certificate may be an anchor twice, with other purposes and dates.
    if (anchor === null && sameHash?.some((other) => equalBytes(other, der))) return false;
    if (!sameHash) seen.set(hash, [der]);
    else if (sameHash.length < MAX_COMPARED) sameHash.push(der);
    return true;
  });
}

/** The same name with the same key a second time leads nowhere new (RFC 4158 section 5.2: loop detection). */
function isOnPath(certificate: Certificate, branches: readonly Branch[]): boolean {
  return branches.some(
    ({ certificate: other }) =>
      equalBytes(other.spki, certificate.spki) && nameKey(other.subject) === nameKey(certificate.subject),
  );
}

/** Sorts candidates (RFC 4158 section 3.5): matching key identifiers, then anchors, then valid ones, then newer ones. */
function promisingFirst(certificate: Certificate, candidates: readonly Issuer[], at: Date): readonly Issuer[] {
  if (candidates.length < 2) return candidates;
  const wanted = authorityKeyIdentifier(certificate);
  const rank = ({ certificate: issuer, anchor }: Issuer): number => {
    const identifier = wanted && subjectKeyIdentifier(issuer);
    const identifierRank = !wanted || !identifier ? 4 : equalBytes(wanted, identifier) ? 0 : 8;
    return identifierRank + (anchor ? 0 : 2) + (issuer.notBefore <= at && at <= issuer.notAfter ? 0 : 1);
  };
  return candidates
    .map((issuer) => ({ issuer, rank: rank(issuer) }))
    .sort(
      (a, b) => a.rank - b.rank || b.issuer.certificate.notBefore.getTime() - a.issuer.certificate.notBefore.getTime(),
    )
    .map(({ issuer }) => issuer);
}
