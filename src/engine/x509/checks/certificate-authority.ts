import { basicConstraints } from "../basic-constraints.ts";
import { keyUsage } from "../key-usage.ts";
import { sameName } from "../name.ts";
import type { CandidatePath } from "../path-building.ts";
import { isAnchorItself } from "./signature.ts";
import { firstBreaking, type Violation } from "./violation.ts";

/** RFC 5280 section 6.1.4 (k): each issuer below the anchor is of version 3 and a CA by its basicConstraints. */
export function checkBasicConstraints({ certificates: [, ...issuers] }: CandidatePath): Violation | null {
  return firstBreaking(issuers, "issuer-not-a-ca", (issuer) => basicConstraints(issuer)?.cA !== true);
}

/** The same of an anchor whose extensions bind, which then stands at the end of the path. */
export function checkAnchorBasicConstraints({ certificates, anchor }: CandidatePath): Violation | null {
  const isBound = certificates.length > 1 && certificates.at(-1) === anchor.certificate;
  const isCa = anchor.certificate.version < 3 || basicConstraints(anchor.certificate)?.cA === true;
  return isBound && !isCa ? { reason: "issuer-not-a-ca", certificate: anchor.certificate } : null;
}

/**
 * RFC 5280 section 6.1.4 (l) and (m): no more certificates that are not self-issued between an issuer and the leaf than
 * its pathLenConstraint allows. The leaf is not counted.
 */
export function checkPathLength({ certificates: [, ...issuers] }: CandidatePath): Violation | null {
  let left = Infinity;
  for (const issuer of issuers.toReversed()) {
    if (!sameName(issuer.subject, issuer.issuer)) {
      if (left <= 0) return { reason: "path-too-long", certificate: issuer };
      left--;
    }
    left = Math.min(left, basicConstraints(issuer)?.pathLenConstraint ?? Infinity);
  }
  return null;
}

/** RFC 5280 section 6.1.4 (n): an issuer that has keyUsage has keyCertSign in it. */
export function checkKeyCertSign({ certificates: [, ...issuers] }: CandidatePath): Violation | null {
  return firstBreaking(issuers, "issuer-not-a-ca", (issuer) => keyUsage(issuer)?.has("keyCertSign") === false);
}

/** RFC 5280 section 4.2.1.9: a leaf that is no CA has no keyCertSign in its keyUsage. */
export function checkLeafKeyCertSign(path: CandidatePath): Violation | null {
  if (isAnchorItself(path)) return null;
  const [leaf] = path.certificates;
  const claimsToIssue = keyUsage(leaf)?.has("keyCertSign") === true && basicConstraints(leaf)?.cA !== true;
  return claimsToIssue ? { reason: "key-usage-not-allowed", certificate: leaf } : null;
}
