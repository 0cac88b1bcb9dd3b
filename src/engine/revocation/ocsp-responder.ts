import { equalBytes } from "../bytes/equal.ts";
import { SmimeError } from "../errors.ts";
import { digest, isWeakDigest } from "../primitives/digest.ts";
import { signatureScheme, verifySignature } from "../primitives/signature.ts";
import type { RevocationUnknownReason } from "../verdicts.ts";
import type { Certificate } from "../x509/certificate.ts";
import { hasUnknownCriticalExtension } from "../x509/checks/extensions.ts";
import { extendedKeyUsage, KeyPurpose } from "../x509/extended-key-usage.ts";
import { ExtensionId } from "../x509/extension.ts";
import { keyUsage } from "../x509/key-usage.ts";
import { sameName } from "../x509/name.ts";
import { spend } from "../x509/path-budget.ts";
import { signatureChecker } from "../x509/signature-check.ts";
import { isWeakKey } from "../x509/weak-key.ts";
import { type CertificateStatus, evidenceTime, type RevocationContext, type Target } from "./certificate-status.ts";
import type { BasicOcspResponse, ResponderId } from "./ocsp-response.ts";

/** What lists say of a responder's certificate, which the issuer of the certificate in question issued. */
export type ResponderStatus = (responder: Certificate) => Promise<CertificateStatus>;

/**
 * RFC 6960 sections 3.2 (2 to 4) and 4.2.2.2: the response is signed by the issuer of the certificate, or by a responder
 * to whom that issuer gave a certificate for it. `null` where it is.
 */
export async function checkResponder(
  response: BasicOcspResponse,
  target: Target,
  context: RevocationContext,
  responderStatus: ResponderStatus,
): Promise<RevocationUnknownReason | null> {
  const { issuer } = target;
  if (await isResponder(response.responderId, issuer)) return checkSignature(response, issuer, context);
  let problem: RevocationUnknownReason = "issuer-missing";
  for (const candidate of [...response.certificates, ...context.evidence.certificates]) {
    if (!(await isResponder(response.responderId, candidate))) continue;
    const found =
      (await checkDelegation(candidate, target, context)) ??
      (await checkSignature(response, candidate, context)) ??
      (await checkResponderRevocation(candidate, responderStatus));
    if (found === null) return null;
    problem = found;
  }
  return problem;
}

/** RFC 6960 section 4.2.1: the responder by its name, or by the SHA-1 of its public key. */
async function isResponder(id: ResponderId, { subject, publicKey }: Certificate): Promise<boolean> {
  if (id.kind === "name") return sameName(id.name, subject);
  return equalBytes(id.hash, await digest("sha-1", publicKey));
}

async function checkSignature(
  { tbs, signatureAlgorithm, signature }: BasicOcspResponse,
  { spki }: Certificate,
  { budget }: RevocationContext,
): Promise<RevocationUnknownReason | null> {
  const scheme = signatureScheme(signatureAlgorithm, null);
  if (!scheme) return "unsupported-signature-algorithm";
  // Responders sign what others choose, the nonce: with SHA-1 that has been used for forgeries.
  if (isWeakDigest(scheme.digest)) return "weak-signature-algorithm";
  if (!spend(budget, "signatureChecks")) return "budget-exhausted";
  const result = await verifySignature(scheme, spki, tbs, signature);
  if (result === "valid") return null;
  return result === "invalid" ? "signature-invalid" : "unsupported-signature-algorithm";
}

/**
 * RFC 6960 section 4.2.2.2: a delegated responder's certificate was issued directly by the issuer of the certificate in
 * question, for this purpose, and holds at the time.
 */
async function checkDelegation(
  responder: Certificate,
  { certificate, issuer }: Target,
  { at, budget }: RevocationContext,
): Promise<RevocationUnknownReason | null> {
  if (!sameName(responder.issuer, issuer.subject)) return "issuer-not-allowed";
  if (!mayRespond(responder)) return "issuer-not-allowed";
  const scheme = signatureScheme(responder.signatureAlgorithm, null);
  if ((scheme && isWeakDigest(scheme.digest)) || isWeakKey(responder)) return "weak-signature-algorithm";
  if ((await signatureChecker(budget)(responder, issuer)) !== "valid") return "issuer-untrusted";
  const time = evidenceTime(certificate, at);
  return responder.notBefore <= at && time <= responder.notAfter ? null : "issuer-untrusted";
}

/**
 * RFC 6960 section 4.2.2.2.1: a responder's own revocation is asked about, unless nocheck says that it need not be. Of
 * one whose issuer gives no way to do it, it is left to local policy whether it is; here the issuer's word is enough.
 */
async function checkResponderRevocation(
  responder: Certificate,
  responderStatus: ResponderStatus,
): Promise<RevocationUnknownReason | null> {
  if (responder.extensions.has(NO_CHECK)) return null;
  const { status } = await responderStatus(responder);
  if (status === "revoked") return "issuer-revoked";
  return status === "unknown" && responder.extensions.has(ExtensionId.cRLDistributionPoints)
    ? "responder-not-checked"
    : null;
}

/** id-pkix-ocsp-nocheck (RFC 6960 section 4.2.2.2.1) */
const NO_CHECK = "1.3.6.1.5.5.7.48.1.5";

/**
 * RFC 6960 section 4.2.2.2: id-kp-OCSPSigning stands there by itself; anyExtendedKeyUsage delegates nothing. Its keyUsage
 * is digitalSignature, nonRepudiation or both (RFC 5280 section 4.2.1.12): German trust centres write the second alone.
 */
function mayRespond(responder: Certificate): boolean {
  try {
    const isForOcsp = extendedKeyUsage(responder)?.includes(KeyPurpose.ocspSigning) === true;
    const usages = keyUsage(responder);
    const maySign = usages === null || usages.has("digitalSignature") || usages.has("nonRepudiation");
    return isForOcsp && maySign && !hasUnknownCritical(responder);
  } catch (error) {
    if (error instanceof SmimeError) return false;
    throw error;
  }
}

function hasUnknownCritical(responder: Certificate): boolean {
  const extensions = new Map([...responder.extensions].filter(([oid]) => oid !== NO_CHECK));
  return hasUnknownCriticalExtension({ ...responder, extensions });
}
