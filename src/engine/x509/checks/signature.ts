import type { CandidatePath } from "../path-building.ts";
import type { SignatureCheck, SignatureChecker } from "../signature-check.ts";
import type { UntrustedReason } from "../../verdicts.ts";
import { equalBytes } from "../../bytes/equal.ts";
import type { Violation } from "./violation.ts";

const REASONS: Readonly<Record<Exclude<SignatureCheck, "valid">, UntrustedReason>> = {
  invalid: "wrong-issuer-key",
  unsupported: "unsupported-signature-algorithm",
  "budget-exhausted": "path-budget-exhausted",
};

/** RFC 5280 section 6.1.3 (a)(1): each signature verifies with the key of the issuer. */
export async function checkSignatures(path: CandidatePath, check: SignatureChecker): Promise<Violation | null> {
  if (isAnchorItself(path)) return null;
  for (const [i, certificate] of path.certificates.entries()) {
    const result = await check(certificate, path.certificates[i + 1] ?? path.anchor.certificate);
    if (result !== "valid") return { reason: REASONS[result], certificate };
  }
  return null;
}

/** A leaf that is trusted by itself needs nobody's signature. */
export function isAnchorItself({ certificates, anchor }: CandidatePath): boolean {
  return certificates.length === 1 && equalBytes(certificates[0].der, anchor.certificate.der);
}
