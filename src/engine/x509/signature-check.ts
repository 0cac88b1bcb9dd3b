import { signatureScheme, verifySignature } from "../primitives/signature.ts";
import type { Certificate } from "./certificate.ts";
import { isKnownValid, rememberValid } from "./known-signatures.ts";
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
  if (isKnownValid(certificate, issuer)) return "valid";
  if (!spend(budget, "signatureChecks", costOf(issuer))) return "budget-exhausted";
  const result = await verifySignature(scheme, issuer.spki, certificate.tbs, certificate.signature);
  if (result === "valid") rememberValid(certificate, issuer);
  return result;
}

/** In checks with a key of RSA 4096 or an elliptic curve of its strength; the time of RSA grows with its square. */
function costOf({ publicKey }: Certificate): number {
  return Math.max(1, Math.ceil((publicKey.length / ORDINARY_KEY_SIZE) ** 2));
}

/** Octets of the public key of RSA 4096. */
const ORDINARY_KEY_SIZE = 530;
