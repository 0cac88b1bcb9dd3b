import { fromBase64 } from "../bytes/base64.ts";
import { joinBytes } from "../bytes/concat.ts";
import { latin1Bytes, utf8Bytes } from "../bytes/text.ts";
import { decodeLabelled } from "./charset.ts";

/**
 * encoded-word = "=?" charset ["*" language] "?" encoding "?" encoded-text "?=" (RFC 2047 section 2, RFC 2231
 * section 5). Blanks inside encoded-text are forbidden there and common in mail, so they are taken.
 */
const ENCODED_WORD = /=\?([^\s?*]{1,40})(?:\*[^\s?]{0,40})?\?([bq])\?([^?]*)\?=/giu;

interface Word {
  readonly charset: string;
  readonly bytes: Uint8Array;
}

/** The "Q" encoding (RFC 2047 section 4.2); what is no valid escape stands for itself. */
function decodeQ(text: string): Uint8Array {
  const octets = text
    .replace(/_/gu, " ")
    .replace(/=([0-9a-f]{2})/giu, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  // Raw non-ASCII inside an encoded-word is forbidden; it can only have come from UTF-8 text.
  return /^[\0-\xff]*$/u.test(octets) ? latin1Bytes(octets) : utf8Bytes(octets);
}

function decodeWord(encoding: string, text: string): Uint8Array {
  return encoding.toLowerCase() === "q" ? decodeQ(text) : fromBase64(text);
}

/** Words of one charset are joined before decoding: writers split them inside a multi-octet character. */
function joinWords(words: readonly Word[]): string {
  let text = "";
  for (let i = 0; i < words.length;) {
    const charset = words[i]!.charset;
    const run: Uint8Array[] = [];
    while (i < words.length && words[i]!.charset === charset) run.push(words[i++]!.bytes);
    text += decodeLabelled(run.length === 1 ? run[0]! : joinBytes(run), charset);
  }
  return text;
}

/**
 * Decodes the encoded-words of an unstructured value or a display name (RFC 2047 section 6.2: white space between two
 * adjacent ones goes). Takes them inside longer words too, as mail programs do. Never throws; unknown charsets give
 * U+FFFD. To be used on text whose structure is already known, never before (attack 18).
 */
export function decodeEncodedWords(value: string): string {
  let text = "";
  let end = 0;
  let words: Word[] = [];
  for (const match of value.matchAll(ENCODED_WORD)) {
    const between = value.slice(end, match.index);
    if (words.length === 0 || /\S/u.test(between)) {
      text += joinWords(words) + between;
      words = [];
    }
    words.push({ charset: match[1]!.toLowerCase(), bytes: decodeWord(match[2]!, match[3]!) });
    end = match.index + match[0].length;
  }
  return text + joinWords(words) + value.slice(end);
}

/** Whether the text holds what a reader could take for an encoded-word. */
export function hasEncodedWord(text: string): boolean {
  return /=\?[^?]*\?[^?]*\?/u.test(text);
}
