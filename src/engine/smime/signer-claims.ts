import type { VerifiedSigner } from "../cms/verify-signer.ts";
import { digest, digestOfSignerInfo } from "../primitives/digest.ts";
import type { ReceiptRequest, SignerClaims } from "../claims.ts";
import type { Certificate } from "../x509/certificate.ts";
import { preferredEncryptionCertificate, readCapabilities } from "./capabilities.ts";
import { readMailingLists } from "./ess/mailing-list.ts";
import { readReceiptRequest } from "./ess/receipt-request.ts";
import { readEquivalentLabels, readSecurityLabel } from "./ess/security-label.ts";

export const NO_CLAIMS: SignerClaims = {
  capabilities: null,
  encryptionCertificate: null,
  receiptRequest: null,
  securityLabel: null,
  equivalentLabels: [],
  mailingLists: [],
};

/** What the signed attributes say beside the signature's own; only what the signature fits has been said by anybody. */
export async function signerClaims(
  signer: VerifiedSigner,
  certificates: readonly Certificate[],
): Promise<SignerClaims> {
  const attributes = signer.signerInfo.signedAttrs?.attributes;
  if (signer.integrity.status !== "valid" || !attributes) return NO_CLAIMS;
  return {
    capabilities: readCapabilities(attributes),
    encryptionCertificate: preferredEncryptionCertificate(attributes, certificates)?.der.slice() ?? null,
    receiptRequest: await requestOf(signer),
    securityLabel: readSecurityLabel(attributes),
    equivalentLabels: readEquivalentLabels(attributes),
    mailingLists: readMailingLists(attributes),
  };
}

/** The request, with what a receipt has to repeat of the message (RFC 2634 section 2.5). */
async function requestOf({ signerInfo, contentType }: VerifiedSigner): Promise<ReceiptRequest | null> {
  const { signedAttrs, signature, digestAlgorithm } = signerInfo;
  const request = signedAttrs && readReceiptRequest(signedAttrs.attributes);
  const digestName = digestOfSignerInfo(digestAlgorithm);
  if (!request || !digestName || contentType === null) return null;
  const { contentIdentifier, from, to } = request;
  const signatureDigest = await digest(digestName, signedAttrs.signedBytes);
  return { from, to, message: { contentType, contentIdentifier, signatureValue: signature.slice(), signatureDigest } };
}
