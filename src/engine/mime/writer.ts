import { base64LinesLength, writeBase64Lines } from "../bytes/base64.ts";
import { latin1Bytes, utf8Bytes } from "../bytes/text.ts";
import { toHex } from "../bytes/hex.ts";
import { SmimeError } from "../errors.ts";
import { lineEnd } from "./boundary.ts";
import { canonicalLineEnds } from "./canonical.ts";
import { writeParameterized, writeUnstructured } from "./header-writer.ts";
import { encodeQuotedPrintable, prefersBase64 } from "./quoted-printable.ts";
import { transportProblem } from "./transport-safety.ts";

interface Common {
  /** Fields in front of the Content-* ones, each as the header writers return them. */
  readonly fields?: readonly string[];
  /** Further parameters of Content-Type, such as `hp` (RFC 9788). */
  readonly parameters?: ReadonlyMap<string, string>;
}

/** Text, written as UTF-8. */
export interface TextDescription extends Common {
  readonly kind: "text";
  readonly type: `text/${string}`;
  readonly text: string;
}

/** A file or inline picture, written as base64. */
export interface FileDescription extends Common {
  readonly kind: "file";
  readonly type: string;
  readonly content: Uint8Array;
  readonly disposition: "attachment" | "inline";
  readonly filename: string | null;
  /** Without angle brackets (RFC 2392). */
  readonly contentId?: string;
}

/** A forwarded message, byte for byte with CRLF; see `sevenBit` where it is not fit for transport. */
export interface MessageDescription extends Common {
  readonly kind: "message";
  readonly content: Uint8Array;
  readonly filename: string | null;
}

export interface MultipartDescription extends Common {
  readonly kind: "multipart";
  readonly subtype: "mixed" | "alternative" | "related";
  readonly parts: readonly PartDescription[];
}

/** An entity that exists already, in canonical form. */
export interface EntityDescription {
  readonly kind: "entity";
  readonly bytes: Uint8Array;
}

export type PartDescription =
  TextDescription | FileDescription | MessageDescription | MultipartDescription | EntityDescription;

/** Makes boundaries; the default takes 128 random bits. */
export type BoundarySource = () => string;

/** `=_` occurs in neither base64 nor quoted-printable (RFC 2045 section 6.7), so most content cannot hold it at all. */
export function randomBoundary(): string {
  return `=_${toHex(crypto.getRandomValues(new Uint8Array(16)))}`;
}

/** A piece of the output; base64 is written straight into place. */
type Chunk =
  { readonly kind: "bytes"; readonly bytes: Uint8Array } | { readonly kind: "base64"; readonly content: Uint8Array };

function textChunk(text: string): Chunk {
  return { kind: "bytes", bytes: latin1Bytes(text) };
}

function header(part: Common, own: readonly string[]): Chunk {
  return textChunk([...(part.fields ?? []), ...own, "\r\n"].join(""));
}

function writeText(part: TextDescription): Chunk[] {
  const bytes = canonicalLineEnds(utf8Bytes(part.text));
  const type = writeParameterized("Content-Type", part.type, [["charset", "utf-8"], ...(part.parameters ?? [])]);
  const encoding = transportProblem(bytes) === null ? "7bit" : prefersBase64(bytes) ? "base64" : "quoted-printable";
  const body: Chunk =
    encoding === "base64"
      ? { kind: "base64", content: bytes }
      : { kind: "bytes", bytes: encoding === "7bit" ? bytes : encodeQuotedPrintable(bytes) };
  return [header(part, [type, writeUnstructured("Content-Transfer-Encoding", encoding)]), body];
}

function disposition(type: string, filename: string | null): string {
  return writeParameterized("Content-Disposition", type, filename === null ? [] : [["filename", filename]]);
}

const MEDIA_TYPE = /^[a-z0-9][a-z0-9!#$&^_.+-]*\/[a-z0-9][a-z0-9!#$&^_.+-]*$/iu;

/** Browsers give files of unknown kind an empty type; nothing but a type may come into the field. */
function writeFile(part: FileDescription): Chunk[] {
  const named = part.filename === null ? [] : ([["name", part.filename]] as const);
  const own = [
    writeParameterized("Content-Type", MEDIA_TYPE.test(part.type) ? part.type : "application/octet-stream", [
      ...named,
      ...(part.parameters ?? []),
    ]),
    writeUnstructured("Content-Transfer-Encoding", "base64"),
    disposition(part.disposition, part.filename),
  ];
  if (part.contentId !== undefined) own.push(writeUnstructured("Content-ID", `<${part.contentId}>`));
  return [header(part, own), { kind: "base64", content: part.content }];
}

/** 7bit, 8bit and binary are all that RFC 2046 section 5.2.1 allows. */
function writeMessage(part: MessageDescription): Chunk[] {
  const content = canonicalLineEnds(part.content);
  const encoding = content.some((octet) => octet > 0x7f) ? "8bit" : "7bit";
  const own = [
    writeParameterized("Content-Type", "message/rfc822", part.parameters ?? []),
    writeUnstructured("Content-Transfer-Encoding", encoding),
    disposition("attachment", part.filename),
  ];
  return [header(part, own), { kind: "bytes", bytes: content }];
}

/** Whether some line begins with the delimiter; base64 has no line that begins with a hyphen. */
function holdsDelimiter(chunks: readonly Chunk[], delimiter: Uint8Array): boolean {
  return chunks.some(({ kind, ...chunk }) => {
    if (kind === "base64" || !("bytes" in chunk)) return false;
    for (let at = 0; at < chunk.bytes.length; at = lineEnd(chunk.bytes, at)) {
      if (delimiter.every((octet, i) => chunk.bytes[at + i] === octet)) return true;
    }
    return false;
  });
}

/**
 * A boundary that no line of the parts begins with (RFC 2046 section 5.1.1).
 * @throws SmimeError write.self-check-failed where the source gives only such ones
 */
function freeBoundary(chunks: readonly Chunk[], source: BoundarySource): string {
  for (let tries = 0; tries < 8; tries++) {
    const boundary = source();
    if (!holdsDelimiter(chunks, latin1Bytes(`--${boundary}`))) return boundary;
  }
  throw new SmimeError("write.self-check-failed", { reason: "boundary" });
}

/** multipart/related names the type of its root (RFC 2387 section 3.1). */
function rootType(part: MultipartDescription): [string, string][] {
  const root = part.parts[0];
  if (part.subtype !== "related" || root === undefined) return [];
  if (root.kind === "multipart") return [["type", `multipart/${root.subtype}`]];
  return "type" in root ? [["type", root.type]] : [];
}

function writeMultipart(part: MultipartDescription, source: BoundarySource): Chunk[] {
  const parts = part.parts.map((child) => writePart(child, source));
  const boundary = freeBoundary(parts.flat(), source);
  const parameters = [...rootType(part), ["boundary", boundary] as const, ...(part.parameters ?? [])];
  const type = writeParameterized("Content-Type", `multipart/${part.subtype}`, parameters);
  const chunks: Chunk[] = [header(part, [type])];
  for (const [i, child] of parts.entries()) {
    chunks.push(textChunk(`${i === 0 ? "" : "\r\n"}--${boundary}\r\n`));
    for (const chunk of child) chunks.push(chunk);
  }
  chunks.push(textChunk(`\r\n--${boundary}--\r\n`));
  return chunks;
}

function writePart(part: PartDescription, source: BoundarySource): Chunk[] {
  switch (part.kind) {
    case "text":
      return writeText(part);
    case "file":
      return writeFile(part);
    case "message":
      return writeMessage(part);
    case "multipart":
      return writeMultipart(part, source);
    case "entity":
      return [{ kind: "bytes", bytes: part.bytes }];
  }
}

function chunkSize(chunk: Chunk): number {
  return chunk.kind === "bytes" ? chunk.bytes.length : base64LinesLength(chunk.content.length);
}

/**
 * Writes an entity in canonical 7-bit CRLF form (RFC 8551 section 3.1), so that mbox storage, SMTP and a webmail's
 * import leave it unchanged: see `transportProblem`. A forwarded message alone may break that; `sevenBit` tells.
 * One allocation of the final size.
 * @throws SmimeError write.self-check-failed, malformed.mime
 */
export function writeEntity(part: PartDescription, boundary: BoundarySource = randomBoundary): Uint8Array<ArrayBuffer> {
  const chunks = writePart(part, boundary);
  const bytes = new Uint8Array(chunks.reduce((size, chunk) => size + chunkSize(chunk), 0));
  let at = 0;
  for (const chunk of chunks) {
    if (chunk.kind === "base64") at = writeBase64Lines(chunk.content, bytes, at);
    else {
      bytes.set(chunk.bytes, at);
      at += chunk.bytes.length;
    }
  }
  return bytes;
}
