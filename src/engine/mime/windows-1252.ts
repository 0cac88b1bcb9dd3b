import { latin1Text } from "../bytes/text.ts";

/** What the octets 0x80 to 0x9F stand for (Encoding Standard, index windows-1252). */
const HIGH_CONTROLS =
  "\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f" +
  "\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178";

/**
 * Decodes windows-1252, which the Encoding Standard also takes ISO 8859-1 and US-ASCII for. Our own because Node's
 * TextDecoder leaves 0x80 to 0x9F as control characters, and the engine must read an address alike everywhere.
 */
export function windows1252Text(bytes: Uint8Array): string {
  return latin1Text(bytes).replace(/[\x80-\x9f]/gu, (control) => HIGH_CONTROLS[control.charCodeAt(0) - 0x80]!);
}
