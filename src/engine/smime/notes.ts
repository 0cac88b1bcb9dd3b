import type { Entity } from "../mime/entity.ts";
import type { LayerVerdict } from "../verdicts.ts";
import type { MessageHeader } from "./message-header.ts";

/** Mail waits in queues for minutes; an hour between signature and Date means that one of the two is not its own. */
const MAX_SIGNING_TIME_SKEW = 60 * 60 * 1000;

/**
 * What is worth saying of a message beside its verdict, as stable codes. None of them makes a signature better or
 * worse.
 */
export function messageNotes(
  layers: readonly LayerVerdict[],
  content: Entity | null,
  outer: MessageHeader,
  inner: MessageHeader | null,
  now: Date,
): string[] {
  if (layers.length === 0) return [];
  return [
    ...signingTimeNotes(layers, inner?.date ?? outer.date, now),
    ...headerNotes(layers, outer, inner),
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

/** RFC 9788: what the signature covers of the header, and whether servers show the same (attack 22). */
function headerNotes(layers: readonly LayerVerdict[], outer: MessageHeader, inner: MessageHeader | null): string[] {
  if (!layers.some((layer) => "signers" in layer && layer.signers.length > 0)) return [];
  if (!inner) return ["headers-not-protected"];
  const differs =
    (inner.subject !== null && inner.subject !== outer.subject && outer.subject !== "[...]") ||
    (inner.date !== null && outer.date !== null && inner.date.getTime() !== outer.date.getTime());
  return differs ? ["outer-headers-differ"] : [];
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
