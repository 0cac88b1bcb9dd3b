/** One header field, unfolded; `raw` keeps its lines as they came, with the last line end. */
export interface Field {
  readonly name: string;
  readonly value: string;
  readonly raw: string;
}

/** Header fields and body of an entity. The body is a view of the input: not one byte of it is changed. */
export interface Entity {
  readonly fields: readonly Field[];
  readonly body: Buffer;
}

/** Lines end with CRLF or with LF alone, as files and our own tests have them. */
export function splitEntity(bytes: Buffer): Entity {
  const text = bytes.toString("latin1");
  const end = /^\r?\n|\r?\n\r?\n/.exec(text);
  const header = end === null ? text : text.slice(0, end.index + (end.index === 0 ? 0 : end[0].indexOf("\n") + 1));
  const bodyAt = end === null ? bytes.length : end.index + end[0].length;
  const fields: Field[] = [];
  for (const raw of header.split(/(?<=\n)(?![ \t])/)) {
    const colon = raw.indexOf(":");
    if (colon <= 0) continue;
    const value = Buffer.from(raw.slice(colon + 1), "latin1").toString("utf8");
    fields.push({ name: raw.slice(0, colon).trim(), value: value.replace(/\r?\n(?=[ \t])/g, "").trim(), raw });
  }
  return { fields, body: bytes.subarray(bodyAt) };
}

export const field = (fields: readonly Field[], name: string): string | undefined =>
  fields.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase())?.value;

export interface StructuredValue {
  /** In lower case. */
  readonly value: string;
  /** Names in lower case. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** `Content-Type` and `Content-Disposition`; of RFC 2231 only the simple `name*=charset''value`. */
export function structured(text: string): StructuredValue {
  const parameters = new Map<string, string>();
  const [value = ""] = text.split(";", 1);
  for (const [, name = "", quoted, bare] of text.matchAll(/;\s*([\w*-]+)\s*=\s*(?:"((?:\\.|[^"\\])*)"|([^\s;]*))/g)) {
    const given = quoted?.replace(/\\(.)/g, "$1") ?? bare ?? "";
    if (name.endsWith("*")) parameters.set(name.slice(0, -1).toLowerCase(), percentDecoded(given));
    else parameters.set(name.toLowerCase(), decodeWords(given));
  }
  return { value: value.trim().toLowerCase(), parameters };
}

function percentDecoded(text: string): string {
  const [, , value = text] = /^([^']*)'[^']*'(.*)$/.exec(text) ?? [];
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

export function decodeCharset(bytes: Buffer, charset: string | undefined): string {
  try {
    return new TextDecoder(charset ?? "utf-8").decode(bytes);
  } catch {
    return bytes.toString("latin1");
  }
}

/** Encoded words of RFC 2047. */
export function decodeWords(text: string): string {
  return text
    .replace(/(\?=)\s+(?==\?)/g, "$1")
    .replace(/=\?([^?]+)\?([bq])\?([^?]*)\?=/gi, (_, charset: string, kind: string, content: string) => {
      const isBase64 = kind.toLowerCase() === "b";
      const bytes = isBase64 ? Buffer.from(content, "base64") : decodeQuotedPrintable(content.replaceAll("_", " "));
      return decodeCharset(bytes, charset);
    });
}

export function decodeQuotedPrintable(text: string): Buffer {
  const decoded = text
    .replace(/[ \t]*=[ \t]*\r?\n/g, "")
    .replace(/=([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(decoded, "latin1");
}

/** An encoded word where the text needs one. */
export const encodeWords = (text: string): string =>
  /^[ -~]*$/.test(text)
    ? text
    : [...text.matchAll(/.{1,12}/gsu)]
        .map(([piece]) => `=?utf-8?B?${Buffer.from(piece).toString("base64")}?=`)
        .join("\r\n ");
