import type { UntrustedReason } from "../../verdicts.ts";
import type { Certificate } from "../certificate.ts";

/** A rule that a candidate path breaks, and the certificate that breaks it. */
export interface Violation {
  readonly reason: UntrustedReason;
  readonly certificate: Certificate;
}

/** The first certificate for which `isBroken` holds, as a violation. */
export function firstBreaking(
  certificates: readonly Certificate[],
  reason: UntrustedReason,
  isBroken: (certificate: Certificate) => boolean,
): Violation | null {
  const certificate = certificates.find(isBroken);
  return certificate ? { reason, certificate } : null;
}
