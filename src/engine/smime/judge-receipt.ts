import type { ReceiptRequest } from "../claims.ts";
import { type ReceiptDifference, receiptDifference } from "./ess/receipt.ts";
import type { OpenedMessage } from "./open.ts";

/** What a receipt is worth: proof that its signer had the message, or why it proves nothing. */
export type ReceiptVerdict =
  | { readonly status: "proof"; readonly by: readonly string[]; readonly at: Date | null }
  | { readonly status: "no-proof"; readonly reason: ReceiptProblem };

export type ReceiptProblem =
  | ReceiptDifference
  /** The message is no receipt. */
  | "no-receipt"
  /** The receipt's own signature is not valid, or its signer not who sent it. */
  | "receipt-not-confirmed"
  /** Signed by somebody whom the message was not sent to, or who was not asked. */
  | "signer-not-asked";

/**
 * Judges a receipt against the message that it answers (RFC 2634 section 2.6).
 *
 * @param request out of the message as it was sent: the signer's claims of the sent copy
 * @param recipients addresses that the message was sent to
 */
export function judgeReceipt(
  receipt: Pick<OpenedMessage, "receipt" | "verdict" | "layers">,
  request: ReceiptRequest,
  recipients: readonly string[],
): ReceiptVerdict {
  if (!receipt.receipt) return noProof("no-receipt");
  const { signature, sender } = receipt.verdict;
  const isConfirmed = signature === "valid" || signature === "valid-revocation-unknown";
  if (!isConfirmed || sender !== "matches") return noProof("receipt-not-confirmed");
  const difference = receiptDifference(receipt.receipt, request.message);
  if (difference) return noProof(difference);
  const signers = receipt.layers.flatMap((layer) => ("signers" in layer ? layer.signers : []));
  const signer = signers.at(-1);
  if (!signer || !isAsked(signer.emails, request, recipients)) return noProof("signer-not-asked");
  return { status: "proof", by: signer.emails, at: signer.signingTime };
}

function isAsked(emails: readonly string[], { from }: ReceiptRequest, recipients: readonly string[]): boolean {
  const asked = new Set((typeof from === "string" ? recipients : from).map((address) => address.toLowerCase()));
  return emails.some((email) => asked.has(email.toLowerCase()));
}

function noProof(reason: ReceiptProblem): ReceiptVerdict {
  return { status: "no-proof", reason };
}
