import { concatBytes } from "../bytes/concat.ts";
import { latin1Bytes, utf8Bytes } from "../bytes/text.ts";
import { encodeBase64Lines } from "../bytes/base64.ts";
import { canonicalLineEnds } from "../mime/canonical.ts";
import { decodeEncodedWords } from "../mime/encoded-word.ts";
import { type Entity, isMultipart } from "../mime/entity.ts";
import { harmlessText } from "../mime/harmless-text.ts";
import { writeParameterized } from "../mime/header-writer.ts";
import { fieldBytes } from "../mime/message-fields.ts";
import { parseEntity } from "../mime/parse.ts";
import { encodeQuotedPrintable, prefersBase64 } from "../mime/quoted-printable.ts";
import { leafText } from "../mime/transfer-encoding.ts";
import { type SourceMessage, readSourceMessage, sourceEntity } from "./source-message.ts";

/** A field that stands at the head of the text too. */
export interface DisplayedField {
  readonly name: string;
  /** Unfolded, encoded-words as written. */
  readonly text: string;
}

/** The Content-Type parameter of a part that has such an element (RFC 9788 section 2.1.2). */
const PARAMETER = "hp-legacy-display";

/** The class of the `div` that it is in HTML (RFC 9788 section 5.2.3). */
const HTML_CLASS = "header-protection-legacy-display";

/**
 * The message with a legacy display element at the head of each main body part (RFC 9788 section 5.2.1): for readers
 * whose program shows only the obscured fields outside.
 */
export function withLegacyDisplay(source: SourceMessage, fields: readonly DisplayedField[]): SourceMessage {
  if (fields.length === 0) return source;
  const root = parseEntity(concatBytes(...sourceEntity(source, [], new Map())));
  const pieces: Uint8Array[] = [];
  let at = 0;
  for (const part of mainBodyParts(root)) {
    const start = part.bytes.byteOffset - root.bytes.byteOffset;
    pieces.push(root.bytes.subarray(at, start), withElement(part, fields));
    at = start + part.bytes.length;
  }
  const { contentFields, contentType, body, isBodyFit } = readSourceMessage(
    concatBytes(...pieces, root.bytes.subarray(at)),
  );
  return { fields: source.fields, contentFields, contentType, body, isBodyFit };
}

/** The leaves that are the text itself (RFC 9788 section 1.8: Main Body Part): no attachments, no parts beside it. */
function mainBodyParts(entity: Entity): Entity[] {
  const { type } = entity.contentType;
  if (!isMultipart(entity)) return isShownText(entity) ? [entity] : [];
  if (type === "multipart/alternative") return entity.children.flatMap(mainBodyParts);
  return entity.children.slice(0, 1).flatMap(mainBodyParts);
}

function isShownText({ contentType, disposition }: Entity): boolean {
  return (contentType.type === "text/plain" || contentType.type === "text/html") && disposition.type !== "attachment";
}

/** The part with its element (RFC 9788 sections 5.2.2 and 5.2.3), in UTF-8, since the fields may have any character. */
function withElement(part: Entity, fields: readonly DisplayedField[]): Uint8Array {
  const { type, parameters } = part.contentType;
  const lines = fields.map(({ name, text }) => `${name}: ${harmlessText(decodeEncodedWords(text))}`);
  const text = type === "text/html" ? inHtml(leafText(part), lines) : `${lines.join("\r\n")}\r\n\r\n${leafText(part)}`;
  const octets = canonicalLineEnds(utf8Bytes(text));
  const isBase64 = prefersBase64(octets);
  const contentType = writeParameterized(
    "Content-Type",
    type,
    new Map([...parameters, ["charset", "utf-8"], [PARAMETER, "1"]]),
  );
  const encoding = `Content-Transfer-Encoding: ${isBase64 ? "base64" : "quoted-printable"}\r\n\r\n`;
  const others = part.header.filter(({ name }) => !/^content-(?:type|transfer-encoding)$/i.test(name));
  return concatBytes(
    ...others.map(fieldBytes),
    latin1Bytes(contentType + encoding),
    isBase64 ? encodeBase64Lines(octets) : encodeQuotedPrintable(octets),
  );
}

function inHtml(html: string, lines: readonly string[]): string {
  const escaped = lines.join("\r\n").replace(/[&<>]/g, (character) => ESCAPES[character] ?? character);
  const element = `<div class="${HTML_CLASS}">\r\n<pre>${escaped}</pre>\r\n</div>\r\n`;
  const body = /<body\b[^>]*>/i.exec(html);
  const at = body ? body.index + body[0].length : 0;
  return `${html.slice(0, at)}${element}${html.slice(at)}`;
}

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/** Whether the sender says that a part begins with such an element (RFC 9788 section 4.5.3.1). */
export function hasLegacyDisplay(entity: Entity): boolean {
  return isShownText(entity) && entity.contentType.parameters.get(PARAMETER) === "1";
}

/** The text of a part as it is shown: without the element that repeats the protected fields (section 4.5.3). */
export function textWithoutLegacyDisplay(entity: Entity): string {
  const text = leafText(entity);
  return entity.contentType.type === "text/html" ? withoutElement(text) : withoutLeadingLines(text);
}

/** All lines up to and with the first blank one (section 4.5.3.2). Without a blank line there is no element. */
function withoutLeadingLines(text: string): string {
  const blank = /(?:^|\n)[ \t]*\r?\n/.exec(text);
  return blank ? text.slice(blank.index + blank[0].length) : text;
}

const TAG = /<!--[\s\S]*?(?:-->|$)|<(\/?)([a-z][a-z0-9]*)\b([^<>]*)>/gi;

/** The `div` elements of that class, whatever they hold (section 4.5.3.3); one that is never closed stays. */
function withoutElement(html: string): string {
  let shown = "";
  let from = 0;
  let start = 0;
  let depth = 0;
  for (const { 0: tag, 1: slash, 2: name, 3: attributes = "", index } of html.matchAll(TAG)) {
    if (name?.toLowerCase() !== "div") continue;
    if (slash === "" && depth === 0 && !hasClass(attributes)) continue;
    if (slash === "" && depth++ === 0) start = index;
    if (slash === "" || depth === 0) continue;
    if (--depth > 0) continue;
    shown += html.slice(from, start);
    from = index + tag.length;
  }
  return shown + html.slice(from);
}

function hasClass(attributes: string): boolean {
  const value = /(?:^|[\s/])class\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+))/i.exec(attributes);
  return (value?.[1] ?? value?.[2] ?? value?.[3] ?? "").split(/\s+/).includes(HTML_CLASS);
}
