import type { CandidatePath } from "../path-building.ts";
import type { Violation } from "./violation.ts";

/**
 * The anchor is trusted for the purpose, and for mail the leaf is not issued after the anchor's distrust date. As
 * Mozilla does, notBefore counts and not the signing time, which the signer can choose.
 */
export function checkAnchorTrust({ certificates, anchor }: CandidatePath, purpose: "email" | "any"): Violation | null {
  const [leaf] = certificates;
  if (anchor.purpose === "none") return { reason: "anchor-distrusted", certificate: anchor.certificate };
  const limit = purpose === "email" ? anchor.distrustEmailAfter : null;
  return limit && leaf.notBefore > limit ? { reason: "anchor-distrusted", certificate: leaf } : null;
}
