import { SmimeError } from "../errors.ts";
import { MAX_HEADER_FIELDS } from "../limits.ts";
import { unlabelledText } from "./charset.ts";

const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const TAB = 0x09;
const COLON = 0x3a;

/** field = field-name ":" unstructured CRLF (RFC 5322 section 2.2); raw UTF-8 is read as RFC 6532 asks. */
export interface HeaderField {
  /** As written, without white space before the colon; empty where the line is no header field. */
  readonly name: string;
  /** The whole field with its folding and last line end: a view. */
  readonly raw: Uint8Array;
  /** What follows the colon, folding kept, without the last line end: a view. */
  readonly rawValue: Uint8Array;
  /**
   * Unfolded (RFC 5322 section 2.2.3) and without the white space around: UTF-8 where it is valid, else windows-1252.
   * Encoded-words are not decoded.
   */
  readonly value: string;
}

/** What has header fields: an entity or a bare header. */
export interface HeaderOwner {
  readonly header: readonly HeaderField[];
}

/**
 * Where the colon stands in a line that begins a header field, or -1. Field names are printable ASCII (RFC 5322
 * section 2.2); white space before the colon is the obsolete form (section 4.5).
 */
export function fieldColon(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && bytes[at]! > SPACE && bytes[at]! < 0x7f && bytes[at] !== COLON) at++;
  if (at === start) return -1;
  while (at < end && (bytes[at] === SPACE || bytes[at] === TAB)) at++;
  return at < end && bytes[at] === COLON ? at : -1;
}

function isBlank(character: string | undefined): boolean {
  return character === " " || character === "\t" || character === "\r" || character === "\n";
}

/** Without the blanks around; `trim` would take marks that make an address malformed, and a `+$` pattern n² steps. */
function trimBlanks(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text[start])) start++;
  while (end > start && isBlank(text[end - 1])) end--;
  return text.slice(start, end);
}

/** Unfolds and decodes the bytes of a field body. */
export function unfold(rawValue: Uint8Array): string {
  return trimBlanks(unlabelledText(rawValue).replace(/\r?\n(?=[ \t])/gu, ""));
}

function endOfLine(bytes: Uint8Array, from: number): number {
  const at = bytes.indexOf(LF, from);
  return at < 0 ? bytes.length : at + 1;
}

function withoutLineEnd(bytes: Uint8Array, start: number, end: number): number {
  if (end > start && bytes[end - 1] === LF) end--;
  if (end > start && bytes[end - 1] === CR) end--;
  return end;
}

function readField(bytes: Uint8Array, start: number, end: number): HeaderField {
  const firstLine = withoutLineEnd(bytes, start, Math.min(endOfLine(bytes, start), end));
  const colon = fieldColon(bytes, start, firstLine);
  const valueStart = colon < 0 ? start : colon + 1;
  const rawValue = bytes.subarray(valueStart, Math.max(valueStart, withoutLineEnd(bytes, start, end)));
  let name = "";
  if (colon >= 0) for (let i = start; i < colon && bytes[i]! > SPACE; i++) name += String.fromCharCode(bytes[i]!);
  return { name, raw: bytes.subarray(start, end), rawValue, value: unfold(rawValue) };
}

/**
 * Splits a header, without the empty line after it, into its fields in order. A line that is neither a field nor a
 * continuation is kept as a field without name, so that no byte is lost and nothing is guessed.
 * @throws SmimeError limit.exceeded
 */
export function parseHeader(bytes: Uint8Array): HeaderField[] {
  const fields: HeaderField[] = [];
  let start = 0;
  while (start < bytes.length) {
    let end = endOfLine(bytes, start);
    while (end < bytes.length && (bytes[end] === SPACE || bytes[end] === TAB)) end = endOfLine(bytes, end);
    if (fields.length === MAX_HEADER_FIELDS) throw new SmimeError("limit.exceeded", { limit: "MAX_HEADER_FIELDS" });
    fields.push(readField(bytes, start, end));
    start = end;
  }
  return fields;
}

/** All fields of a name, in order; names compare without regard to case (RFC 5322 section 1.2.2). */
export function fields(owner: HeaderOwner, name: string): HeaderField[] {
  const wanted = name.toLowerCase();
  return owner.header.filter((field) => field.name.toLowerCase() === wanted);
}

/** Unfolded value of the first field of a name; `null` without one. */
export function fieldValue(owner: HeaderOwner, name: string): string | null {
  const wanted = name.toLowerCase();
  return owner.header.find((field) => field.name.toLowerCase() === wanted)?.value ?? null;
}
