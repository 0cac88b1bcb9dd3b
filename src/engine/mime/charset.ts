import { utf8Text } from "../bytes/text.ts";
import { windows1252Text } from "./windows-1252.ts";

/** Labels that name nothing, as mail programs write them when they did not know. */
const MEANINGLESS = new Set([
  "",
  "us-ascii",
  "ascii",
  "default",
  "unknown",
  "unknown-8bit",
  "x-unknown",
  "8bit",
  "7bit",
]);

/** Names outside the WHATWG label table that real mail uses for an encoding inside it. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ["utf-8-sig", "utf-8"],
  ["cp932", "shift_jis"],
  ["windows-932", "shift_jis"],
  ["cp936", "gbk"],
  ["windows-936", "gbk"],
  ["cp949", "euc-kr"],
  ["windows-949", "euc-kr"],
  ["cp950", "big5"],
  ["windows-950", "big5"],
  ["latin-1", "iso-8859-1"],
  ["iso8859_1", "iso-8859-1"],
]);

/** `null` for an encoding that is not known. */
function decodeKnown(bytes: Uint8Array, label: string): string | null {
  try {
    // UTF-7 and the other encodings that smuggle ASCII are no WHATWG labels, so they end here too.
    const decoder = new TextDecoder(ALIASES.get(label) ?? label);
    return decoder.encoding === "windows-1252" ? windows1252Text(bytes) : decoder.decode(bytes);
  } catch {
    return null;
  }
}

/** UTF-8 where the bytes are valid UTF-8, else windows-1252, which takes any. */
export function unlabelledText(bytes: Uint8Array): string {
  return utf8Text(bytes) ?? windows1252Text(bytes);
}

/** The encoding that a byte order mark names (Encoding Standard, BOM sniff); `null` without one. */
function markedEncoding(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return "utf-8";
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  return null;
}

/**
 * Text of a leaf by the `charset` parameter of its Content-Type (RFC 2046 section 4.1.2). A byte order mark wins over
 * the label; without a usable label the bytes are UTF-8 where they are valid UTF-8, else windows-1252. UTF-7 is
 * refused, i.e. read as what it looks like, since it hides markup from whoever looks for `<`. Never throws.
 */
export function decodeText(bytes: Uint8Array, charset: string | null): string {
  const marked = markedEncoding(bytes);
  if (marked !== null) return new TextDecoder(marked).decode(bytes);
  const label = charset?.trim().toLowerCase() ?? "";
  if (MEANINGLESS.has(label)) return unlabelledText(bytes);
  return decodeKnown(bytes, label) ?? unlabelledText(bytes);
}

/**
 * Text of an encoded-word or extended parameter (RFC 2047, RFC 2231): an unknown charset leaves the ASCII characters,
 * with U+FFFD for each other byte. Never throws.
 */
export function decodeLabelled(bytes: Uint8Array, charset: string): string {
  const label = charset.trim().toLowerCase();
  if (MEANINGLESS.has(label)) return unlabelledText(bytes);
  const known = decodeKnown(bytes, label);
  if (known !== null) return known;
  let text = "";
  for (const octet of bytes) text += octet < 0x80 ? String.fromCharCode(octet) : "\ufffd";
  return text;
}
