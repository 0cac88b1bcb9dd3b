import { sameName } from "../name.ts";
import type { CandidatePath } from "../path-building.ts";
import { isAnchorItself } from "./signature.ts";
import type { Violation } from "./violation.ts";

/** RFC 5280 section 6.1.3 (a)(4): each issuer name is the subject name of the next certificate. */
export function checkNameChaining(path: CandidatePath): Violation | null {
  if (isAnchorItself(path)) return null;
  for (const [i, certificate] of path.certificates.entries()) {
    const issuer = path.certificates[i + 1] ?? path.anchor.certificate;
    if (!sameName(certificate.issuer, issuer.subject)) return { reason: "unknown-issuer", certificate };
  }
  return null;
}
