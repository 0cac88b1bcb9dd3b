import { sameName } from "../name.ts";
import type { CandidatePath } from "../path-building.ts";
import { isAnchorItself } from "./signature.ts";
import { firstBreaking, type Violation } from "./violation.ts";

/** RFC 5280 section 6.1.3 (a)(4): each issuer name is the subject name of the next certificate. */
export function checkNameChaining(path: CandidatePath): Violation | null {
  if (isAnchorItself(path)) return null;
  for (const [i, certificate] of path.certificates.entries()) {
    const issuer = path.certificates[i + 1] ?? path.anchor.certificate;
    if (!sameName(certificate.issuer, issuer.subject)) return { reason: "unknown-issuer", certificate };
  }
  return null;
}

/** RFC 5280 sections 4.1.2.4 and 4.1.2.6: who issues has a name. Without one, anybody's certificates would chain. */
export function checkIssuerNames(path: CandidatePath): Violation | null {
  if (isAnchorItself(path)) return null;
  return firstBreaking(path.certificates, "issuer-not-a-ca", ({ issuer }) => issuer.rdns.length === 0);
}
