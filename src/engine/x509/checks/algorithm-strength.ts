import { isWeakDigest } from "../../primitives/digest.ts";
import { signatureScheme } from "../../primitives/signature.ts";
import type { CandidatePath } from "../path-building.ts";
import { isWeakKey } from "../weak-key.ts";
import { isAnchorItself } from "./signature.ts";
import { firstBreaking, type Violation } from "./violation.ts";

/**
 * RFC 8550 section 4.3: no certificate on the path is signed over a broken digest, since a certificate is what an
 * attacker can have signed (RFC 8551 section 6). The anchor's own is not looked at.
 */
export function checkSignatureAlgorithms(path: CandidatePath): Violation | null {
  if (isAnchorItself(path)) return null;
  return firstBreaking(path.certificates, "weak-signature-algorithm", ({ signatureAlgorithm }) => {
    const scheme = signatureScheme(signatureAlgorithm, null);
    return scheme !== null && isWeakDigest(scheme.digest);
  });
}

/** RFC 8550 section 4.3: no CA below the anchor has a short key. The leaf's is a weakness of its signatures. */
export function checkKeySizes({ certificates: [, ...issuers] }: CandidatePath): Violation | null {
  return firstBreaking(issuers, "weak-key", isWeakKey);
}
