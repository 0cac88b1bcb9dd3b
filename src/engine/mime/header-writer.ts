import { toBase64 } from "../bytes/base64.ts";
import { utf8Bytes } from "../bytes/text.ts";
import { SmimeError } from "../errors.ts";
import { parseAddresses } from "./address.ts";

/** Characters in a line without CRLF that folding aims at (RFC 5322 section 2.1.1). */
const FOLD_AT = 76;

/** Octets of UTF-8 in one encoded-word: 64 characters with its frame, so that it fits behind a field name. */
const WORD_OCTETS = 39;

/** Longest run of ASCII without a blank that is written as it is; a longer one is encoded, and so can be folded. */
const MAX_PLAIN_WORD = 300;

const PRINTABLE = /^[\x20-\x7e]*$/u;
const FIELD_NAME = /^[!-9;-~]+$/u;

function withoutControls(text: string): string {
  return text.replace(/\p{Cc}+/gu, " ");
}

/**
 * Joins the pieces of a field body with single blanks, folding before the one that would pass the line.
 * @throws SmimeError malformed.mime for a name that is none
 */
export function foldField(name: string, pieces: readonly string[]): string {
  if (!FIELD_NAME.test(name)) throw new SmimeError("malformed.mime", { reason: "field-name" });
  let field = `${name}:`;
  let column = field.length;
  for (const [i, piece] of pieces.entries()) {
    // Never right behind the name: some programs take a first line without content for an empty field.
    const fold = i > 0 && column + 1 + piece.length > FOLD_AT;
    field += (fold ? "\r\n " : " ") + piece;
    column = (fold ? 0 : column) + 1 + piece.length;
    const lastLine = piece.lastIndexOf("\n");
    if (lastLine >= 0) column = piece.length - lastLine - 1;
  }
  return `${field}\r\n`;
}

/** The text as encoded-words in UTF-8 and "B" (RFC 2047), each of whole characters. */
export function encodedWords(text: string): string[] {
  const words: string[] = [];
  let chunk = "";
  let octets = 0;
  for (const character of text) {
    const size = utf8Bytes(character).length;
    if (octets + size > WORD_OCTETS) {
      words.push(chunk);
      chunk = "";
      octets = 0;
    }
    chunk += character;
    octets += size;
  }
  if (chunk !== "" || words.length === 0) words.push(chunk);
  return words.map((word) => `=?utf-8?B?${toBase64(utf8Bytes(word))}?=`);
}

/** Whether the text stands for itself in a header: printable, nothing like an encoded-word, single blanks only. */
function isPlain(text: string): boolean {
  return (
    PRINTABLE.test(text) &&
    !text.includes("=?") &&
    !/^ | $| {2}/u.test(text) &&
    text.split(" ").every((word) => word.length <= MAX_PLAIN_WORD)
  );
}

/** An unstructured field such as Subject; control characters, line ends among them, become blanks. */
export function writeUnstructured(name: string, text: string): string {
  const value = withoutControls(text);
  if (value === "") return foldField(name, []);
  return foldField(name, isPlain(value) ? value.split(" ") : encodedWords(value));
}

const ATOMS = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?: [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/u;

function phrase(name: string): string[] {
  if (!isPlain(name)) return encodedWords(name);
  if (ATOMS.test(name)) return name.split(" ");
  return [`"${name.replace(/["\\]/gu, "\\$&")}"`];
}

/**
 * An address field. Every address must be exactly one ASCII addr-spec: nothing in it can add another.
 * @throws SmimeError malformed.address
 */
export function writeAddresses(
  name: string,
  mailboxes: readonly { readonly name: string; readonly address: string }[],
): string {
  const pieces: string[] = [];
  for (const [i, mailbox] of mailboxes.entries()) {
    const list = parseAddresses(mailbox.address);
    const only = list.mailboxes[0];
    if (list.malformed || list.mailboxes.length !== 1 || only?.address !== mailbox.address) {
      throw new SmimeError("malformed.address", { index: i });
    }
    if (!PRINTABLE.test(mailbox.address)) throw new SmimeError("malformed.address", { index: i, reason: "not-ascii" });
    const display = withoutControls(mailbox.name).trim();
    const comma = i + 1 < mailboxes.length ? "," : "";
    if (display === "") pieces.push(mailbox.address + comma);
    else pieces.push(...phrase(display), `<${mailbox.address}>${comma}`);
  }
  return foldField(name, pieces);
}

const TOKEN = /^[A-Za-z0-9!#$&+^_`{|}~.-]+$/u;

/** Characters of a parameter value in one line; longer ones are continued (RFC 2231 section 3). */
const SECTION_LENGTH = 50;

/** One character as RFC 2231 section 4 writes it: itself, or each of its octets behind a percent sign. */
function percentEncoded(character: string): string {
  if (/^[A-Za-z0-9._-]$/u.test(character)) return character;
  return [...utf8Bytes(character)].map((octet) => `%${octet.toString(16).toUpperCase().padStart(2, "0")}`).join("");
}

/** `name*0*=utf-8''…` in sections of whole characters, since some readers decode each on its own (RFC 2231). */
function extendedSections(name: string, value: string): string[] {
  const sections: string[] = [];
  let section = "utf-8''";
  for (const character of value) {
    const unit = percentEncoded(character);
    if (section.length + unit.length > SECTION_LENGTH) {
      sections.push(section);
      section = "";
    }
    section += unit;
  }
  sections.push(section);
  if (sections.length === 1) return [`${name}*=${section}`];
  return sections.map((text, i) => `${name}*${i}*=${text}`);
}

function parameterPieces(name: string, value: string): string[] {
  const text = withoutControls(value);
  if (!PRINTABLE.test(text) || text.length > 70) return extendedSections(name, text);
  // An encoded-word looks like this to readers although RFC 2047 section 5 forbids it here.
  if (text.includes("=?")) return extendedSections(name, text);
  return [TOKEN.test(text) ? `${name}=${text}` : `${name}="${text.replace(/["\\]/gu, "\\$&")}"`];
}

/**
 * A field of the form `value; name=value`, as Content-Type and Content-Disposition: long and non-ASCII values by
 * RFC 2231. Names are of the program's own choice.
 */
export function writeParameterized(
  name: string,
  value: string,
  parameters: Iterable<readonly [string, string]>,
): string {
  const pieces = [value];
  for (const [parameter, text] of parameters) pieces.push(...parameterPieces(parameter, text));
  return foldField(
    name,
    pieces.map((piece, i) => (i + 1 < pieces.length ? `${piece};` : piece)),
  );
}

/** A field with its value as it is, folding kept; for values that come from `HeaderField.rawValue` or our writers. */
export function writeRaw(name: string, rawValue: string): string {
  if (!FIELD_NAME.test(name)) throw new SmimeError("malformed.mime", { reason: "field-name" });
  const value = rawValue.replace(/[\r\n]{1,2}$/u, "").replace(/\r\n|\r|\n/gu, "\r\n");
  // A line that does not begin with a blank would be a field of its own.
  if (/\r\n(?![ \t])/u.test(value) || value.includes("\0"))
    throw new SmimeError("malformed.mime", { reason: "field-value" });
  return `${name}:${/^[ \t\r]/u.test(value) || value === "" ? "" : " "}${value}\r\n`;
}
