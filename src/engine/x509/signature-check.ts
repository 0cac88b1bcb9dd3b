import { signatureScheme, verifySignature } from "../primitives/signature.ts";
import type { Certificate } from "./certificate.ts";
import { type PathBudget, spend } from "./path-budget.ts";

export type SignatureCheck = "valid" | "invalid" | "unsupported" | "budget-exhausted";

/** Verifies that `issuer`'s key signed `certificate`. */
export type SignatureChecker = (certificate: Certificate, issuer: Certificate) => Promise<SignatureCheck>;

/**
 * A checker that verifies each pair of certificate and issuer once, and only as often as the budget allows: the same
 * pair occurs on many candidate paths.
 */
export function signatureChecker(budget: PathBudget): SignatureChecker {
  const checked = new Map<Certificate, Map<Certificate, SignatureCheck>>();
  return async (certificate, issuer) => {
    const byIssuer = checked.get(certificate) ?? new Map<Certificate, SignatureCheck>();
    checked.set(certificate, byIssuer);
    const known = byIssuer.get(issuer);
    if (known !== undefined) return known;
    const result = await verify(certificate, issuer, budget);
    byIssuer.set(issuer, result);
    return result;
  };
}

async function verify(certificate: Certificate, issuer: Certificate, budget: PathBudget): Promise<SignatureCheck> {
  const scheme = signatureScheme(certificate.signatureAlgorithm, null);
  if (!scheme) return "unsupported";
  if (!spend(budget, "signatureChecks")) return "budget-exhausted";
  return verifySignature(scheme, issuer.spki, certificate.tbs, certificate.signature);
}
