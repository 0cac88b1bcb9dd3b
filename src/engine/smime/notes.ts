import type { Entity } from "../mime/entity.ts";
import type { LayerVerdict } from "../verdicts.ts";
import { type MessageHeader, readMessageHeader } from "./message-header.ts";
import type { ProtectedHeader } from "./protected-header.ts";

/** Mail waits in queues for minutes; an hour between signature and Date means that one of the two is not its own. */
const MAX_SIGNING_TIME_SKEW = 60 * 60 * 1000;

/** What a message was found to be, beside its layers. */
export interface NotedMessage {
  readonly content: Entity | null;
  readonly outer: MessageHeader;
  readonly inner: MessageHeader | null;
  readonly protection: ProtectedHeader | null;
}

/**
 * What is worth saying of a message beside its verdict, as stable codes. None of them makes a signature better or
 * worse.
 */
export function messageNotes(
  layers: readonly LayerVerdict[],
  { content, outer, inner, protection }: NotedMessage,
  now: Date,
): string[] {
  if (layers.length === 0) return [];
  return [
    ...signingTimeNotes(layers, inner?.date ?? outer.date, now),
    ...intentNotes(layers, protection),
    ...headerNotes(layers, outer, inner, protection),
    ...contentNotes(layers, content),
  ];
}

/** A signed text may be sent again, later and to others (attack 21). */
function signingTimeNotes(layers: readonly LayerVerdict[], date: Date | null, now: Date): string[] {
  const times = layers.flatMap((layer) =>
    "signers" in layer ? layer.signers.map((signer) => signer.signingTime) : [],
  );
  const known = times.filter((time) => time !== null);
  const notes: string[] = [];
  if (known.some((time) => time > now)) notes.push("signing-time-in-future");
  if (date && known.some((time) => Math.abs(time.getTime() - date.getTime()) > MAX_SIGNING_TIME_SKEW)) {
    notes.push("signing-time-differs-from-date");
  }
  return notes;
}

/**
 * The sender said what was made, `cipher` or `clear` (RFC 9788 section 2.1.1), and something else arrived: a recipient
 * passed on the decrypted text with its signature, or somebody encrypted what had been signed in the open (attacks 22
 * and 32).
 */
function intentNotes(layers: readonly LayerVerdict[], protection: ProtectedHeader | null): string[] {
  const isEncrypted = layers.some((layer) => !("signers" in layer));
  if (protection?.intent === "cipher" && !isEncrypted) return ["sent-encrypted-arrived-clear"];
  if (protection?.intent === "clear" && isEncrypted) return ["sent-clear-arrived-encrypted"];
  return [];
}

/** RFC 9788: what the signature covers of the header, and whether servers show the same (attack 22). */
function headerNotes(
  layers: readonly LayerVerdict[],
  outer: MessageHeader,
  inner: MessageHeader | null,
  protection: ProtectedHeader | null,
): string[] {
  const isSigned = layers.some((layer) => "signers" in layer && layer.signers.length > 0);
  if (!inner) return isSigned ? ["headers-not-protected"] : [];
  const told = protection?.toldOuter ? readMessageHeader(protection.toldOuter) : null;
  return differs(told ?? inner, outer, told !== null) ? ["outer-headers-differ"] : [];
}

/** Subjects that stand in place of a hidden one: RFC 9788's, and those of the programs before it. */
const OBSCURED_SUBJECTS: ReadonlySet<string | null> = new Set(["[...]", "...", "Encrypted Message", "Encrypted Email"]);

/** What the sender does not mention was not there, or was hidden: only what stands in both places is compared. */
function differs(expected: MessageHeader, outer: MessageHeader, isTold: boolean): boolean {
  const hidden = !isTold && OBSCURED_SUBJECTS.has(outer.subject);
  return (
    (expected.subject !== null && expected.subject !== outer.subject && !hidden) ||
    (expected.date !== null && outer.date !== null && expected.date.getTime() !== outer.date.getTime()) ||
    !sameAddresses(expected, outer)
  );
}

/** To and Cc together: some servers put the one into the other. A message that names nobody outside says nothing. */
function sameAddresses(expected: MessageHeader, outer: MessageHeader): boolean {
  const addresses = ({ to, cc }: MessageHeader): Set<string> =>
    new Set([...to, ...cc].flatMap(({ address }) => address?.toLowerCase() ?? []));
  const [told, found] = [addresses(expected), addresses(outer)];
  if (told.size === 0 || found.size === 0) return true;
  return told.size === found.size && [...told].every((address) => found.has(address));
}

/**
 * Unsigned CBC plaintext that does not begin as MIME may have been put together from pieces (attacks 24 and 25). Only a
 * signature inside the encryption vouches for the plaintext: anybody can sign around an altered ciphertext.
 */
function contentNotes(layers: readonly LayerVerdict[], content: Entity | null): string[] {
  const isUnauthenticated = layers.some((layer) => "cipher" in layer && !layer.isAuthenticated);
  const innermost = layers.findLastIndex((layer) => "cipher" in layer);
  const isSigned = layers.slice(innermost + 1).some((layer) => "signers" in layer && layer.signers.length > 0);
  if (!content || isSigned || !isUnauthenticated) return [];
  const hasType = content.header.some(({ name }) => name.toLowerCase() === "content-type");
  const isClean = content.header.every(({ name, value }) => name !== "" && !/[^\t\x20-\x7e\x80-\uffff]/.test(value));
  return hasType && isClean ? [] : ["content-not-mime"];
}
