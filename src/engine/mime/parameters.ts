import { latin1Bytes, utf8Bytes } from "../bytes/text.ts";
import { decodeLabelled } from "./charset.ts";

/** A value with parameters: Content-Type, Content-Disposition (RFC 2045 section 5.1, RFC 2183). */
export interface ParameterizedValue {
  /** What stands before the first semicolon, lower case, comments and blanks removed. */
  readonly value: string;
  /** Lower-case names; continuations joined, extended values decoded (RFC 2231); the first of a name counts. */
  readonly parameters: ReadonlyMap<string, string>;
}

interface Reader {
  readonly text: string;
  at: number;
}

const BLANK = /[ \t\r\n]/u;

/** Passes white space and comments (RFC 5322 section 3.2.2); an unclosed comment takes the rest. */
function skipBlanks(reader: Reader): void {
  let depth = 0;
  for (; reader.at < reader.text.length; reader.at++) {
    const character = reader.text[reader.at]!;
    if (character === "(") depth++;
    else if (depth > 0 && character === ")") depth--;
    else if (depth > 0 && character === "\\") reader.at++;
    else if (depth === 0 && !BLANK.test(character)) return;
  }
}

function readQuoted(reader: Reader): string {
  let value = "";
  for (reader.at++; reader.at < reader.text.length; reader.at++) {
    const character = reader.text[reader.at]!;
    if (character === '"') {
      reader.at++;
      return value;
    }
    if (character === "\\" && reader.at + 1 < reader.text.length) {
      const next = reader.text[reader.at + 1]!;
      // Windows programs write paths with single backslashes; only these two can need escaping.
      if (next === '"' || next === "\\") reader.at++;
      value += next === '"' || next === "\\" ? next : character;
      continue;
    }
    value += character;
  }
  return value;
}

/** Up to a semicolon (or `stop`); a parenthesis begins a comment only after a blank, for `name=report(1).pdf`. */
function readBare(reader: Reader, stop: string): string {
  const start = reader.at;
  while (reader.at < reader.text.length) {
    const character = reader.text[reader.at]!;
    if (character === ";" || character === stop) break;
    if (character === "(" && reader.at > start && BLANK.test(reader.text[reader.at - 1]!)) break;
    reader.at++;
  }
  return reader.text.slice(start, reader.at).trim();
}

function readValue(reader: Reader): string {
  skipBlanks(reader);
  const value = reader.text[reader.at] === '"' ? readQuoted(reader) : readBare(reader, ";");
  skipBlanks(reader);
  const end = reader.text.indexOf(";", reader.at);
  reader.at = end < 0 ? reader.text.length : end;
  return value;
}

function percentDecoded(text: string): Uint8Array {
  const octets = text.replace(/%([0-9a-f]{2})/giu, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return /^[\0-\xff]*$/u.test(octets) ? latin1Bytes(octets) : utf8Bytes(octets);
}

interface Section {
  readonly value: string;
  readonly extended: boolean;
}

/** extended-parameter: charset'language'text, all sections of the first one's charset (RFC 2231 sections 4, 4.1). */
function joinSections(sections: ReadonlyMap<number, Section>): string {
  const first = sections.get(0)!;
  const initial = first.extended ? /^([^']*)'[^']*'/u.exec(first.value) : null;
  const charset = initial?.[1] ?? "utf-8";
  let text = "";
  let octets = "";
  for (let i = 0; sections.has(i); i++) {
    const section = sections.get(i)!;
    const value = i === 0 && initial !== null ? section.value.slice(initial[0].length) : section.value;
    if (section.extended) {
      octets += value;
      continue;
    }
    text += octets === "" ? value : decodeLabelled(percentDecoded(octets), charset) + value;
    octets = "";
  }
  return octets === "" ? text : text + decodeLabelled(percentDecoded(octets), charset);
}

/** name*, name*0, name*0*: base name, section number, whether its value is extended (RFC 2231 section 7). */
const ATTRIBUTE = /^([^*]+)(?:\*(\d{1,6}))?(\*)?$/u;

/**
 * Reads a value with parameters as tolerantly as real mail demands: blanks and comments anywhere, unquoted blanks,
 * missing quotes, stray semicolons. Linear in the length; never throws. The `name*` forms win over the plain one.
 */
export function parseParameters(text: string): ParameterizedValue {
  const reader: Reader = { text, at: 0 };
  skipBlanks(reader);
  const value = readBare(reader, ";").replace(/\s+/gu, "").toLowerCase();
  const plain = new Map<string, string>();
  const sectioned = new Map<string, Map<number, Section>>();
  skipBlanks(reader);
  const nextSemicolon = text.indexOf(";", reader.at);
  reader.at = nextSemicolon < 0 ? text.length : nextSemicolon;
  while (reader.at < text.length) {
    reader.at++;
    skipBlanks(reader);
    const attribute = ATTRIBUTE.exec(readBare(reader, "=").toLowerCase());
    if (text[reader.at] === "(") skipBlanks(reader);
    if (text[reader.at] !== "=") {
      const end = text.indexOf(";", reader.at);
      reader.at = end < 0 ? text.length : end;
      continue;
    }
    reader.at++;
    const parameter = readValue(reader);
    if (attribute === null) continue;
    const name = attribute[1]!;
    if (attribute[2] === undefined && attribute[3] === undefined) {
      if (!plain.has(name)) plain.set(name, parameter);
      continue;
    }
    const sections = sectioned.get(name) ?? new Map<number, Section>();
    sectioned.set(name, sections);
    const number = Number(attribute[2] ?? 0);
    if (!sections.has(number)) sections.set(number, { value: parameter, extended: attribute[3] !== undefined });
  }
  for (const [name, sections] of sectioned) if (sections.has(0)) plain.set(name, joinSections(sections));
  return { value, parameters: plain };
}
