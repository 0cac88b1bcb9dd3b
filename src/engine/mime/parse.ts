import { SmimeError } from "../errors.ts";
import { MAX_HEADER_SIZE, MAX_MESSAGE_SIZE, MAX_MIME_DEPTH, MAX_MIME_PARTS } from "../limits.ts";
import { type Boundaries, boundaryKey, findPartEnd, lineEnd, matchBoundary, type PartEnd } from "./boundary.ts";
import { type ContentType, parseContentType, parseDisposition } from "./content-type.ts";
import { type Entity, isEmbeddedMessage } from "./entity.ts";
import { fieldColon, fieldValue, parseHeader } from "./header-field.ts";
import { parseParameters } from "./parameters.ts";

const LF = 0x0a;
const CR = 0x0d;

interface Parser extends Boundaries {
  parts: number;
}

/** Where an entity stands: what its number and its default type depend on. */
interface Place {
  readonly start: number;
  readonly depth: number;
  /** Number of a multipart at this place, and of a leaf. */
  readonly path: string;
  readonly leafPath: string;
  readonly defaultType: string;
}

interface Header {
  /** End of the fields, start of the body. */
  readonly end: number;
  readonly bodyStart: number;
  /** The boundary that cut the header off, if one did. */
  readonly cut: PartEnd | null;
}

interface Read {
  readonly entity: Entity;
  readonly end: PartEnd;
}

function isEmptyLine(bytes: Uint8Array, start: number, end: number): boolean {
  return bytes[start] === LF || (bytes[start] === CR && start + 2 === end && bytes[start + 1] === LF);
}

/**
 * The header goes to the first empty line (RFC 5322 section 2.1). Where the first line is no field, there is none and
 * all is body: parts without the empty line that RFC 2046 section 5.1 asks for exist.
 */
function findHeader(parser: Parser, start: number): Header {
  const { bytes } = parser;
  for (let at = start; at < bytes.length;) {
    const end = lineEnd(bytes, at);
    const cut = matchBoundary(parser, at, end);
    if (cut !== null) return { end: Math.max(start, cut.contentEnd), bodyStart: Math.max(start, cut.contentEnd), cut };
    if (isEmptyLine(bytes, at, end)) return { end: at, bodyStart: end, cut: null };
    if (at === start && fieldColon(bytes, at, end) < 0) return { end: start, bodyStart: start, cut: null };
    if (end - start > MAX_HEADER_SIZE) throw new SmimeError("limit.exceeded", { limit: "MAX_HEADER_SIZE" });
    at = end;
  }
  return { end: bytes.length, bodyStart: bytes.length, cut: null };
}

/**
 * mbox's `From ` line (RFC 4155), also quoted as forwarding programs leave it: no header field, so passed over. With a
 * colon behind the blank it is one, in the obsolete form, and another reader's From (attack 19).
 */
function afterMboxLine(bytes: Uint8Array, start: number): number {
  const text = String.fromCharCode(...bytes.subarray(start, start + 6));
  if (!text.startsWith("From ") && text !== ">From ") return start;
  const end = lineEnd(bytes, start);
  return fieldColon(bytes, start, end) < 0 ? end : start;
}

interface Inside {
  readonly children: readonly Entity[];
  readonly preamble: readonly [number, number];
  readonly epilogue: readonly [number, number];
  readonly end: PartEnd;
}

/** multipart-body (RFC 2046 section 5.1.1). A boundary of a multipart around this one ends this one too. */
function readMultipart(parser: Parser, place: Place, bodyStart: number, key: string, type: string): Inside {
  if (parser.levels.has(key)) return readLeaf(parser, bodyStart);
  const level = parser.levels.size;
  const longest = parser.longest;
  parser.levels.set(key, level);
  parser.longest = Math.max(longest, key.length);
  const children: Entity[] = [];
  let end = findPartEnd(parser, bodyStart);
  const preamble = [bodyStart, end.contentEnd] as const;
  while (end.level === level && !end.close) {
    const path = place.path === "" ? `${children.length + 1}` : `${place.path}.${children.length + 1}`;
    const read = readEntity(parser, {
      start: end.next,
      depth: place.depth + 1,
      path,
      leafPath: path,
      defaultType: type === "multipart/digest" ? "message/rfc822" : "text/plain",
    });
    children.push(read.entity);
    end = read.end;
  }
  parser.levels.delete(key);
  parser.longest = longest;
  if (end.level !== level) return { children, preamble, epilogue: [end.contentEnd, end.contentEnd], end };
  const after = findPartEnd(parser, end.next);
  return { children, preamble, epilogue: [end.next, after.contentEnd], end: after };
}

function readLeaf(parser: Parser, bodyStart: number): Inside {
  const end = findPartEnd(parser, bodyStart);
  return { children: [], preamble: [bodyStart, bodyStart], epilogue: [bodyStart, bodyStart], end };
}

function readMessage(parser: Parser, place: Place, bodyStart: number): Inside {
  const read = readEntity(parser, {
    start: afterMboxLine(parser.bytes, bodyStart),
    depth: place.depth + 1,
    path: place.leafPath,
    leafPath: `${place.leafPath}.1`,
    defaultType: "text/plain",
  });
  const none = [bodyStart, bodyStart] as const;
  return { children: [read.entity], preamble: none, epilogue: none, end: read.end };
}

function readBody(parser: Parser, place: Place, header: Header, type: ContentType, encoding: string): Inside {
  const { bodyStart, cut } = header;
  const none = [bodyStart, bodyStart] as const;
  if (cut !== null) return { children: [], preamble: none, epilogue: none, end: cut };
  if (type.type.startsWith("multipart/")) {
    const key = boundaryKey(type.parameters.get("boundary"));
    return key === null ? readLeaf(parser, bodyStart) : readMultipart(parser, place, bodyStart, key, type.type);
  }
  // Encoded against RFC 2046 section 5.2.1, it is no view of the input: the caller decodes it and parses that.
  const encoded = encoding === "base64" || encoding === "quoted-printable";
  if (isEmbeddedMessage(type) && !encoded && bodyStart < parser.bytes.length) {
    return readMessage(parser, place, bodyStart);
  }
  return readLeaf(parser, bodyStart);
}

function readEntity(parser: Parser, place: Place): Read {
  const { bytes } = parser;
  const { start } = place;
  if (place.depth > MAX_MIME_DEPTH) throw new SmimeError("limit.exceeded", { limit: "MAX_MIME_DEPTH", offset: start });
  if (++parser.parts > MAX_MIME_PARTS) throw new SmimeError("limit.exceeded", { limit: "MAX_MIME_PARTS" });
  const found = findHeader(parser, start);
  const headerBytes = bytes.subarray(start, found.end);
  const header = parseHeader(headerBytes);
  const contentType = parseContentType(fieldValue({ header }, "content-type"), place.defaultType);
  const transferEncoding = parseParameters(fieldValue({ header }, "content-transfer-encoding") ?? "").value || "7bit";
  const disposition = parseDisposition(fieldValue({ header }, "content-disposition"), contentType);
  const inside = readBody(parser, place, found, contentType, transferEncoding);
  const entityEnd = inside.end.contentEnd;
  // The line end before the part, or of its empty line, may be the one that belongs to the boundary after it.
  const view = (from: number, to: number): Uint8Array =>
    bytes.subarray(Math.min(from, entityEnd), Math.min(Math.max(from, to), entityEnd));
  const entity: Entity = {
    bytes: view(start, entityEnd),
    headerBytes: view(start, found.end),
    header,
    body: view(found.bodyStart, entityEnd),
    contentType,
    transferEncoding,
    disposition,
    children: inside.children,
    path: contentType.type.startsWith("multipart/") ? place.path : place.leafPath,
    preamble: view(...inside.preamble),
    epilogue: view(...inside.epilogue),
  };
  return { entity, end: inside.end };
}

/**
 * Reads a MIME entity, exactly these bytes: LF, CRLF and mixed line ends, all parts as views, no copy. One pass over
 * the input whatever the nesting. What is no MIME is a text/plain body; it does not throw for bad structure.
 * @throws SmimeError limit.exceeded
 */
export function parseEntity(bytes: Uint8Array): Entity {
  if (bytes.length > MAX_MESSAGE_SIZE) throw new SmimeError("limit.exceeded", { limit: "MAX_MESSAGE_SIZE" });
  const parser: Parser = { bytes, levels: new Map(), longest: 0, parts: 0 };
  const root: Place = { start: 0, depth: 0, path: "", leafPath: "1", defaultType: "text/plain" };
  return readEntity(parser, root).entity;
}

/**
 * Reads a message from a file: as `parseEntity`, after the byte order mark and the empty lines of files that were saved
 * by hand, and the `From ` line of an mbox of one message (RFC 4155); nothing else of mbox quoting is undone, since
 * signatures cover it.
 * @throws SmimeError limit.exceeded
 */
export function parseMessage(bytes: Uint8Array): Entity {
  return parseEntity(bytes.subarray(messageStart(bytes)));
}

/**
 * As `parseMessage`, but only the head: for those who need the fields of a message and its body as one.
 * @throws SmimeError limit.exceeded
 */
export function parseMessageHead(bytes: Uint8Array): { readonly head: Entity; readonly body: Uint8Array } {
  const start = messageStart(bytes);
  const { bodyStart } = findHeader({ bytes, levels: new Map(), longest: 0, parts: 0 }, start);
  return { head: parseEntity(bytes.subarray(start, bodyStart)), body: bytes.subarray(bodyStart) };
}

function messageStart(bytes: Uint8Array): number {
  let start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  while (start < bytes.length && isEmptyLine(bytes, start, lineEnd(bytes, start))) start = lineEnd(bytes, start);
  return afterMboxLine(bytes, start);
}
