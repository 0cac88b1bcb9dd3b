import type { SecurityLabel } from "../../engine/claims.ts";
import type { MessageView } from "../../messages/answers.ts";
import { words, type Words } from "../words.ts";
import { note, type Note } from "./note.ts";
import { countedSigners } from "./signature-finding.ts";

/** What a signer asks for or says in signed attributes (RFC 2634). */

/** The classifications that mean the same in every policy (RFC 2634 section 3.2). */
const CLASSIFICATIONS = ["unmarked", "unclassified", "restricted", "confidential", "secret", "top_secret"] as const;

/** The privacy mark is the label in the sender's own words; it says more than the step of the scale. */
function labelWords({ privacyMark, classification }: SecurityLabel): string | Words | null {
  if (privacyMark !== null && privacyMark.trim() !== "") return privacyMark;
  const name = classification === null ? undefined : CLASSIFICATIONS[classification];
  return name === undefined ? null : words(`label_${name}`);
}

/** Of a security label what can be told without its policy. */
export function labelNote({ layers }: MessageView): Note | null {
  const label = countedSigners(layers).find(({ claims }) => claims.securityLabel !== null)?.claims.securityLabel;
  if (!label) return null;
  const params = { oid: label.policy };
  const text = labelWords(label);
  return text === null
    ? note("n7", "neutral", "tag", params)
    : note("n6", "neutral", "tag", { ...params, label: text });
}

/**
 * A receipt that is asked of the reader by somebody whose signature does not count: it would tell a stranger that the
 * message was opened.
 *
 * @param isConfirmed whether the signature counts, and is the sender's
 */
export function receiptNote({ layers }: MessageView, isConfirmed: boolean, readers: readonly string[]): Note | null {
  const own = new Set(readers.map((reader) => reader.toLowerCase()));
  const isAsked = countedSigners(layers).some(({ claims: { receiptRequest } }) => {
    if (receiptRequest === null) return false;
    const { from } = receiptRequest;
    return typeof from === "string" || from.some((address) => own.has(address.toLowerCase()));
  });
  return isAsked && !isConfirmed ? note("n2", "neutral", "mail-open") : null;
}
