import { digestByAlgorithm, digest } from "../primitives/digest.ts";
import { equalBytes } from "../bytes/equal.ts";
import { MAX_OCSP_AGE_MS } from "../limits.ts";
import type { RevocationUnknownReason } from "../verdicts.ts";
import type { BasicOcspResponse, CertId, SingleResponse } from "./ocsp-response.ts";
import {
  type CertificateStatus,
  combineStatuses,
  evidenceTime,
  type OcspAnswer,
  type RevocationContext,
  type Target,
  unknownStatus,
} from "./certificate-status.ts";
import { checkResponder, type ResponderStatus } from "./ocsp-responder.ts";
import { reasonName } from "./reason.ts";

/** What OCSP responses say of a certificate. */
export async function ocspStatus(
  target: Target,
  context: RevocationContext,
  responderStatus: ResponderStatus,
): Promise<CertificateStatus> {
  const statuses: CertificateStatus[] = [];
  for (const answer of context.evidence.ocspResponses) {
    statuses.push(await answerStatus(answer, target, context, responderStatus));
  }
  return combineStatuses(statuses);
}

/** RFC 6960 section 3.2: when a response is accepted, in its order. */
async function answerStatus(
  { response, requestNonce }: OcspAnswer,
  target: Target,
  context: RevocationContext,
  responderStatus: ResponderStatus,
): Promise<CertificateStatus> {
  if (response.status !== "successful") return { status: "unknown", reason: "responder-error" };
  // 1. The certificate identified in the response is the one that was asked about.
  const singles = await responsesFor(response, target);
  if (singles.length === 0) return unknownStatus([]);
  const problem =
    checkNonce(response, requestNonce) ??
    // 2. to 4. The signature, and that the signer is authorized.
    (await checkResponder(response, target, context, responderStatus));
  if (problem) return { status: "unknown", reason: problem };
  return combineStatuses(singles.map((single) => singleStatus(single, response, target, context)));
}

/** RFC 6960 section 4.1.1: the responses whose CertID is of this certificate, by whichever hash. */
async function responsesFor({ responses }: BasicOcspResponse, target: Target): Promise<readonly SingleResponse[]> {
  const matching: SingleResponse[] = [];
  for (const response of responses) {
    if (await isCertIdOf(response.certId, target)) matching.push(response);
  }
  return matching;
}

async function isCertIdOf(certId: CertId, { certificate, issuer }: Target): Promise<boolean> {
  if (!equalBytes(certId.serialNumber, certificate.serialNumber)) return false;
  const algorithm = digestByAlgorithm(certId.hashAlgorithm);
  if (algorithm === null || algorithm === "md5") return false;
  return (
    equalBytes(certId.issuerNameHash, await digest(algorithm, certificate.issuer.der)) &&
    equalBytes(certId.issuerKeyHash, await digest(algorithm, issuer.publicKey))
  );
}

/** RFC 9654 section 2.1: a nonce in the response is the request's. Responders that answer in advance send none. */
function checkNonce({ nonce }: BasicOcspResponse, requestNonce: Uint8Array | null): RevocationUnknownReason | null {
  if (nonce === null || requestNonce === null) return null;
  return equalBytes(nonce, requestNonce) ? null : "nonce-differs";
}

function singleStatus(
  single: SingleResponse,
  response: BasicOcspResponse,
  { certificate }: Target,
  { at }: RevocationContext,
): CertificateStatus {
  if (response.hasUnknownCriticalExtension || single.hasUnknownCriticalExtension) {
    return { status: "unknown", reason: "unknown-critical-extension" };
  }
  // 5. and 6. The response is current.
  const window = windowProblem(single, evidenceTime(certificate, at), at);
  if (window) return { status: "unknown", reason: window };
  const { certStatus, archiveCutoff, thisUpdate } = single;
  if (certStatus.status === "revoked") {
    return { status: "revoked", reason: reasonName(certStatus.reason), at: certStatus.at, since: certStatus.at };
  }
  if (certStatus.status === "unknown") return { status: "unknown", reason: "responder-does-not-know" };
  // RFC 6960 section 4.4.4: what responders know of certificates that have ended.
  const isForgotten = thisUpdate > certificate.notAfter && !(archiveCutoff && archiveCutoff <= certificate.notAfter);
  return isForgotten ? { status: "unknown", reason: "ended-before-list" } : { status: "good" };
}

/** RFC 6960 section 4.2.2.1: a response without nextUpdate holds for a while, since the next one may differ. */
function windowProblem(
  { thisUpdate, nextUpdate }: SingleResponse,
  neededFor: Date,
  now: Date,
): RevocationUnknownReason | null {
  if (thisUpdate > now) return "not-yet-valid";
  const end = nextUpdate ?? new Date(thisUpdate.getTime() + MAX_OCSP_AGE_MS);
  return end < neededFor ? "expired" : null;
}
