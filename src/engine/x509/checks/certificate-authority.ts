import { basicConstraints } from "../basic-constraints.ts";
import { keyUsage } from "../key-usage.ts";
import { sameName } from "../name.ts";
import type { CandidatePath } from "../path-building.ts";
import { firstBreaking, type Violation } from "./violation.ts";

/** RFC 5280 section 6.1.4 (k): each issuer below the anchor is of version 3 and a CA by its basicConstraints. */
export function checkBasicConstraints({ certificates: [, ...issuers] }: CandidatePath): Violation | null {
  return firstBreaking(issuers, "issuer-not-a-ca", (issuer) => basicConstraints(issuer)?.cA !== true);
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
