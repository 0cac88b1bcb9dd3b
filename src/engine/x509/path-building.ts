import { equalBytes } from "../bytes/equal.ts";
import { latin1Text } from "../bytes/text.ts";
import { MAX_PATH_LENGTH } from "../limits.ts";
import type { UntrustedReason } from "../verdicts.ts";
import type { Certificate } from "./certificate.ts";
import { authorityKeyIdentifier, subjectKeyIdentifier } from "./key-identifiers.ts";
import { type Name, nameKey } from "./name.ts";
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
 * and every dead end in between; ends when the budget does.
 */
export async function* buildPaths(
  leaf: Certificate,
  pool: CertificatePool,
  budget: PathBudget,
  checkSignature: SignatureChecker,
): AsyncGenerator<CandidatePath | DeadEnd> {
  for (const anchor of pool.anchors) {
    if (equalBytes(anchor.certificate.der, leaf.der)) yield { certificates: [leaf], anchor };
  }
  const issuersOf = issuerSearch(pool);
  yield* extend([leaf]);

  async function* extend(path: readonly [Certificate, ...Certificate[]]): AsyncGenerator<CandidatePath | DeadEnd> {
    const last = path[path.length - 1] ?? leaf;
    let found = false;
    for (const { certificate, anchor } of issuersOf(last)) {
      if (!spend(budget, "steps")) {
        yield { reason: "path-budget-exhausted", certificate: last };
        return;
      }
      if (anchor === null && isOnPath(certificate, path)) continue;
      found = true;
      if (anchor && !mayIssue(anchor)) {
        yield { reason: "issuer-not-a-ca", certificate };
        continue;
      }
      const signature = await checkSignature(last, certificate);
      if (signature === "budget-exhausted") {
        yield { reason: "path-budget-exhausted", certificate: last };
        return;
      }
      if (signature === "valid") {
        if (anchor) yield { certificates: path, anchor };
        else if (path.length >= MAX_PATH_LENGTH) yield { reason: "path-too-long", certificate: last };
        else yield* extend([...path, certificate]);
      } else {
        const reason = signature === "invalid" ? "wrong-issuer-key" : "unsupported-signature-algorithm";
        yield { reason, certificate: last };
      }
    }
    if (!found) yield noIssuer(last, path.length);
  }
}

function noIssuer(certificate: Certificate, length: number): DeadEnd {
  if (length === 1 && nameKey(certificate.issuer) === nameKey(certificate.subject)) {
    return { reason: "self-signed", certificate };
  }
  return { reason: "unknown-issuer", certificate, issuer: certificate.issuer };
}

/** Finds the candidates of a certificate's issuer once: in a mesh the same question comes thousands of times. */
function issuerSearch(pool: CertificatePool): (certificate: Certificate) => readonly Issuer[] {
  const byName = issuersByName(pool);
  const found = new Map<Certificate, readonly Issuer[]>();
  return (certificate) => {
    const known = found.get(certificate);
    if (known) return known;
    const sameName = byName.get(nameKey(certificate.issuer)) ?? [];
    const candidates = promisingFirst(certificate, withoutDuplicates(sameName), pool.at);
    found.set(certificate, candidates);
    return candidates;
  };
}

function issuersByName({ anchors, intermediates }: CertificatePool): ReadonlyMap<string, readonly Issuer[]> {
  const byName = new Map<string, Issuer[]>();
  const add = (issuer: Issuer) => {
    const key = nameKey(issuer.certificate.subject);
    const sameName = byName.get(key);
    if (sameName) sameName.push(issuer);
    else byName.set(key, [issuer]);
  };
  for (const anchor of anchors) add({ certificate: anchor.certificate, anchor });
  for (const certificate of intermediates) add({ certificate, anchor: null });
  return byName;
}

/** Each certificate once; anchors come first, and what is an anchor is nothing else. */
function withoutDuplicates(issuers: readonly Issuer[]): readonly Issuer[] {
  const seen = new Set<string>();
  return issuers.filter(({ certificate, anchor }) => {
    const key = latin1Text(certificate.der);
    // The same certificate may be an anchor twice, with other purposes and dates.
    if (anchor === null && seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** The same name with the same key a second time leads nowhere new (RFC 4158 section 5.2: loop detection). */
function isOnPath(certificate: Certificate, path: readonly Certificate[]): boolean {
  return path.some(
    (other) => equalBytes(other.spki, certificate.spki) && nameKey(other.subject) === nameKey(certificate.subject),
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
