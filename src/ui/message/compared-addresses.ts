import type { MessageView } from "../../messages/answers.ts";
import { addressOf } from "./shown-address.ts";
import { countedSigners } from "./signature-finding.ts";

/** An address with what tells it from the others of its list. */
export interface ComparedAddress {
  /** Translation key of where it stands. */
  readonly label: string;
  readonly address: string;
  /** Start and end of what differs from the first of the list; equal where nothing does. */
  readonly differs: readonly [start: number, end: number];
}

function difference(first: string, other: string): readonly [number, number] {
  if (first === other) return [0, 0];
  let start = 0;
  while (start < Math.min(first.length, other.length) && first[start] === other[start]) start++;
  let end = 0;
  const longest = Math.min(first.length, other.length) - start;
  while (end < longest && first[first.length - 1 - end] === other[other.length - 1 - end]) end++;
  return [start, other.length - end];
}

/** Every address that speaks for who wrote a message, the certificate's first (`ux.md` 1D, *Compare addresses*). */
export function comparedAddresses({ layers, inner, outer, known }: MessageView): readonly ComparedAddress[] {
  const certified = countedSigners(layers).flatMap(({ emails }) => emails);
  const fakes = (inner ?? outer).from.filter((sender) => sender.nameShowsOtherAddress).map(({ name }) => name);
  const rows: (readonly [string, string])[] = [
    ...(known.imitated ? [["addresses_contact", known.imitated.contact] as const] : []),
    ...[...new Set(certified)].map((address) => ["addresses_certificate", address] as const),
    ...(inner?.from ?? []).map((sender) => ["addresses_signed", addressOf(sender)] as const),
    ...outer.from.map((sender) => [inner ? "addresses_outside" : "addresses_sender", addressOf(sender)] as const),
    ...fakes.map((name) => ["addresses_name", name] as const),
    ...(known.imitated ? [["addresses_plain", known.imitated.plain] as const] : []),
  ];
  const [[, first] = ["", ""]] = rows;
  return rows.map(([label, address]) => ({ label, address, differs: difference(first, address) }));
}
