import type { HeaderView, MessageView } from "../../messages/answers.ts";

/** A field of the header that says one thing under the signature, and another where the webmail reads it. */
export type HeaderDifference =
  | { readonly field: "subject"; readonly signed: string; readonly shown: string }
  | { readonly field: "date"; readonly signed: Date; readonly shown: Date }
  | { readonly field: "recipients"; readonly signed: readonly string[]; readonly shown: readonly string[] };

/** Subject hidden by its sender (RFC 9788 section 3.2.1), which says nothing about a change. */
export const isObscured = (subject: string | null): boolean =>
  subject === null || /^\[?\.\.\.\]?$/.test(subject.trim());

/** To and Cc together, each once: some servers put the one into the other. */
const recipientsOf = ({ to, cc }: HeaderView): readonly string[] => [
  ...new Set([...to, ...cc].flatMap(({ address }) => address ?? [])),
];

const isSame = (some: readonly string[], others: readonly string[]): boolean => {
  const known = new Set(some.map((address) => address.toLowerCase()));
  const found = new Set(others.map((address) => address.toLowerCase()));
  return known.size === found.size && [...known].every((address) => found.has(address));
};

/**
 * What differs between the protected header and the outer one (attack 22). A date and recipients that the sender wrote
 * differently outside are no change: of them only what the engine calls one counts (RFC 9788 section 4.3).
 */
export function headerDifferences({ inner, outer, verdict }: MessageView): readonly HeaderDifference[] {
  if (inner === null) return [];
  const differences: HeaderDifference[] = [];
  if (inner.subject !== null && inner.subject !== outer.subject && !isObscured(outer.subject)) {
    differences.push({ field: "subject", signed: inner.subject, shown: outer.subject ?? "" });
  }
  if (!verdict.reasons.includes("outer-headers-differ")) return differences;
  if (inner.date !== null && outer.date !== null && inner.date.getTime() !== outer.date.getTime()) {
    differences.push({ field: "date", signed: inner.date, shown: outer.date });
  }
  const [signed, shown] = [recipientsOf(inner), recipientsOf(outer)];
  if (signed.length > 0 && shown.length > 0 && !isSame(signed, shown)) {
    differences.push({ field: "recipients", signed, shown });
  }
  return differences;
}
