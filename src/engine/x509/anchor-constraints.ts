import { isAnchorItself } from "./checks/signature.ts";
import type { CandidatePath } from "./path-building.ts";

/**
 * enforceTrustAnchorConstraints (RFC 5937 section 3). "ignored": an anchor is a name and a key (RFC 5280 section 6.1.1
 * (d)). "enforced": its path length, names, policies, key usages and purposes bind all that is below it, and a critical
 * extension that is unknown ends it (section 2). Its validity period is no constraint.
 */
export type AnchorConstraints = "ignored" | "enforced";

/**
 * The path with the anchor's certificate at its end, for the checks to which an anchor whose constraints are enforced is
 * an issuer like others (RFC 5937 section 3.2).
 */
export function withAnchor(path: CandidatePath): CandidatePath {
  if (isAnchorItself(path)) return path;
  const [leaf, ...issuers] = path.certificates;
  return { anchor: path.anchor, certificates: [leaf, ...issuers, path.anchor.certificate] };
}
