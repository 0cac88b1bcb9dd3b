import { readWhole } from "../../asn1/reader.ts";
import { encode, octetString, oid, sequence, smallInteger } from "../../asn1/writer.ts";
import { equalBytes } from "../../bytes/equal.ts";
import { singleValue, valueReader, whereReadable } from "../../cms/attribute.ts";
import { readingCms } from "../../cms/content-info.ts";
import type { VerifiedSigner } from "../../cms/verify-signer.ts";
import type { AnsweredMessage } from "../../claims.ts";
import { Ess } from "./oids.ts";

/**
 * `Receipt ::= SEQUENCE { version INTEGER { v1 (1) }, contentType ContentType, signedContentIdentifier OCTET STRING,
 * originatorSignatureValue OCTET STRING }` (RFC 2634 section 2.8)
 */
export type Receipt = Omit<AnsweredMessage, "signatureDigest"> & {
  /** Out of the receipt's signed attributes; `null` where it is missing, which RFC 2634 section 2.5 does not allow. */
  readonly signatureDigest: Uint8Array | null;
};

/**
 * @param signers of the receipt
 * @throws {SmimeError} `malformed.cms`
 */
export function readReceipt(eContent: Uint8Array, signers: readonly VerifiedSigner[]): Receipt {
  return readingCms(() => {
    const fields = readWhole(eContent, "ber");
    fields.smallInteger();
    const contentType = fields.oid();
    const contentIdentifier = fields.octetString();
    const signatureValue = fields.octetString();
    fields.end();
    return { contentType, contentIdentifier, signatureValue, signatureDigest: readSignatureDigest(signers) };
  });
}

/** msgSigDigest (RFC 2634 section 2.6): a receipt has one signer. */
function readSignatureDigest(signers: readonly VerifiedSigner[]): Uint8Array | null {
  const [signer, ...others] = signers;
  if (!signer || others.length > 0) return null;
  const found = singleValue(signer.signerInfo.signedAttrs?.attributes ?? [], Ess.msgSigDigest);
  return found.status === "present" ? whereReadable(() => valueReader(found.value).octetString()) : null;
}

export function encodeReceipt({ contentType, contentIdentifier, signatureValue }: AnsweredMessage): Uint8Array {
  return encode(
    sequence(smallInteger(1), oid(contentType), octetString(contentIdentifier), octetString(signatureValue)),
  );
}

/** Why a receipt proves nothing about a message, in the order of RFC 2634 section 2.6. */
export type ReceiptDifference =
  "other-content-type" | "other-message" | "other-signature" | "digest-missing" | "digest-differs";

/** What in a receipt is not of the message that it is said to answer; `null` where all is. */
export function receiptDifference(receipt: Receipt, message: AnsweredMessage): ReceiptDifference | null {
  if (!equalBytes(receipt.contentIdentifier, message.contentIdentifier)) return "other-message";
  if (receipt.contentType !== message.contentType) return "other-content-type";
  if (!equalBytes(receipt.signatureValue, message.signatureValue)) return "other-signature";
  if (receipt.signatureDigest === null) return "digest-missing";
  return equalBytes(receipt.signatureDigest, message.signatureDigest) ? null : "digest-differs";
}
