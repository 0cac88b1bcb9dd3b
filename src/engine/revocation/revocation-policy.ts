import type { RevocationVerdict } from "../verdicts.ts";
import type { VerifiedPath } from "../x509/path.ts";
import { checkRevocation } from "./check-revocation.ts";
import type { RevocationEvidence } from "./certificate-status.ts";

/**
 * "soft": what nobody knows is said, and shuts nothing out. "hard": what nobody knows is not trusted. Soft is what every
 * mail program has, since lists are often out of reach; an administrator may demand more.
 */
export type RevocationPolicy =
  { readonly mode: "off" } | { readonly mode: "soft" | "hard"; readonly evidence: RevocationEvidence };

export const NO_REVOCATION: RevocationPolicy = { mode: "off" };

/** The question for `findPath`; nothing where revocation is off. */
export function revocationOption(
  policy: RevocationPolicy,
  at: Date,
  signedAt: Date,
): { readonly revocation?: (path: VerifiedPath) => Promise<RevocationVerdict> } {
  if (policy.mode === "off") return {};
  const { evidence } = policy;
  return { revocation: (path) => checkRevocation(path, { evidence, at, signedAt }) };
}

/** Whether the policy takes this verdict for a reason not to trust: only a revoked certificate is always one. */
export function isShutOut(verdict: RevocationVerdict, { mode }: RevocationPolicy): boolean {
  return mode === "hard" && verdict.status === "unknown";
}
