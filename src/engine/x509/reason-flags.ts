import type { Asn1Reader } from "../asn1/reader.ts";

/**
 * `ReasonFlags ::= BIT STRING` (RFC 5280 section 4.2.1.13) as a mask: bit 1 is keyCompromise, and so on to bit 8,
 * aACompromise. Bit 0 is unused there.
 */
export type ReasonFlags = number;

/** The special value all-reasons (RFC 5280 section 6.3.2 (a)). */
export const ALL_REASONS: ReasonFlags = 0b1_1111_1110;

/** Reads ReasonFlags under their own identifier octet. */
export function readReasonFlags(reader: Asn1Reader, tag: number): ReasonFlags {
  const { octets } = reader.bitString(tag);
  let flags = 0;
  for (let bit = 1; bit <= 8; bit++) {
    if (((octets[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0) flags |= 1 << bit;
  }
  return flags;
}
