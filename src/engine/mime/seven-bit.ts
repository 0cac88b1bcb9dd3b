import { encodeBase64Lines } from "../bytes/base64.ts";
import { joinBytes } from "../bytes/concat.ts";
import { latin1Bytes } from "../bytes/text.ts";
import { boundaryKey } from "./boundary.ts";
import { canonicalLineEnds } from "./canonical.ts";
import { type Entity, isEmbeddedMessage, isMultipart } from "./entity.ts";
import { encodeQuotedPrintable, prefersBase64 } from "./quoted-printable.ts";
import { safeField } from "./safe-field.ts";
import { decodeTransferEncoding } from "./transfer-encoding.ts";
import { type TransportProblem, transportProblem } from "./transport-safety.ts";

/** Why an entity cannot be made fit for transport: something would have to change that must not. */
export interface SevenBitObstacle {
  /** Number of the part. */
  readonly path: string;
  readonly reason:
    /** message/rfc822 may not be encoded (RFC 2046 section 5.2.1). */
    | "embedded-message"
    /** Parts of multipart/signed and multipart/encrypted may not be changed (RFC 1847). */
    | "protected-part"
    /** A field that cannot be written in ASCII, such as an internationalised address. */
    | "header"
    /** A multipart whose boundary is missing or not ASCII. */
    | "boundary"
    /** A transfer encoding that is not known. */
    | "transfer-encoding";
  readonly problem: TransportProblem;
}

export type SevenBitResult =
  | { readonly status: "fit"; readonly bytes: Uint8Array }
  /** To be signed opaque, in base64 as a whole. */
  | { readonly status: "unfit"; readonly obstacle: SevenBitObstacle };

/** Pieces in order, or what stands in the way. */
type Pieces = readonly Uint8Array[] | SevenBitObstacle;

const LF = 0x0a;
const CRLF = latin1Bytes("\r\n");

function isObstacle(pieces: Pieces): pieces is SevenBitObstacle {
  return !Array.isArray(pieces);
}

/** The header in fit form, with the transfer encoding named where one is given, and the empty line. */
function rewriteHeader(entity: Entity, transferEncoding: string | null): Pieces {
  const pieces: Uint8Array[] = [];
  let named = transferEncoding === null;
  const encodingField = latin1Bytes(`Content-Transfer-Encoding: ${transferEncoding ?? ""}\r\n`);
  for (const field of entity.header) {
    const isEncoding = field.name.toLowerCase() === "content-transfer-encoding";
    if (isEncoding && transferEncoding !== null) {
      if (!named) pieces.push(encodingField);
      named = true;
      continue;
    }
    const safe = safeField(field);
    if (safe === null) {
      return { path: entity.path, reason: "header", problem: transportProblem(field.raw) ?? "bare-line-end" };
    }
    pieces.push(safe);
  }
  if (!named) pieces.push(encodingField);
  const last = pieces.at(-1);
  // A boundary right behind the fields: their last line end is the boundary's, and there is no empty line.
  if (last !== undefined && entity.headerBytes.length === entity.bytes.length && entity.bytes.at(-1) !== LF) {
    return [...pieces.slice(0, -1), last.subarray(0, -CRLF.length)];
  }
  return [...pieces, CRLF];
}

/** Bytes of a multipart between two of its parts, if fit; else the delimiter alone. */
function delimiter(gap: Uint8Array, plain: Uint8Array): Uint8Array {
  const canonical = canonicalLineEnds(gap);
  return transportProblem(canonical) === null ? canonical : plain;
}

function rewriteMultipart(entity: Entity): Pieces {
  const key = boundaryKey(entity.contentType.parameters.get("boundary"));
  const plain = latin1Bytes(`\r\n--${key ?? ""}\r\n`);
  const problem = transportProblem(plain);
  if (key === null || problem !== null)
    return { path: entity.path, reason: "boundary", problem: problem ?? "long-line" };
  const identity = entity.transferEncoding === "8bit" || entity.transferEncoding === "binary";
  const header = rewriteHeader(entity, identity ? "7bit" : null);
  if (isObstacle(header)) return header;
  const pieces = [...header];
  const origin = entity.bytes.byteOffset;
  let at = entity.body.byteOffset - origin;
  for (const [i, child] of entity.children.entries()) {
    const start = child.bytes.byteOffset - origin;
    pieces.push(delimiter(entity.bytes.subarray(at, start), i === 0 ? plain.subarray(2) : plain));
    const rewritten = rewriteEntity(child);
    if (isObstacle(rewritten)) return rewritten;
    for (const piece of rewritten) pieces.push(piece);
    at = start + child.bytes.length;
  }
  pieces.push(delimiter(entity.bytes.subarray(at), latin1Bytes(`\r\n--${key}--\r\n`)));
  return pieces;
}

interface EncodedBody {
  readonly transferEncoding: string;
  readonly body: Uint8Array;
}

function encodeBody(entity: Entity): EncodedBody | null {
  const { transferEncoding, body } = entity;
  if (transferEncoding === "base64") {
    return { transferEncoding, body: encodeBase64Lines(decodeTransferEncoding(body, transferEncoding)) };
  }
  if (transferEncoding === "quoted-printable") {
    const content = decodeTransferEncoding(canonicalLineEnds(body), transferEncoding);
    return { transferEncoding, body: encodeQuotedPrintable(content) };
  }
  if (transferEncoding === "binary" && !entity.contentType.type.startsWith("text/")) {
    return { transferEncoding: "base64", body: encodeBase64Lines(body) };
  }
  if (transferEncoding !== "7bit" && transferEncoding !== "8bit" && transferEncoding !== "binary") return null;
  const lines = canonicalLineEnds(body);
  return prefersBase64(lines)
    ? { transferEncoding: "base64", body: encodeBase64Lines(lines) }
    : { transferEncoding: "quoted-printable", body: encodeQuotedPrintable(lines) };
}

function rewriteLeaf(entity: Entity): Pieces {
  const bodyProblem = transportProblem(canonicalLineEnds(entity.body));
  if (bodyProblem === null) {
    const header = rewriteHeader(entity, null);
    return isObstacle(header) ? header : [...header, canonicalLineEnds(entity.body)];
  }
  if (isEmbeddedMessage(entity.contentType)) {
    return { path: entity.path, reason: "embedded-message", problem: bodyProblem };
  }
  const encoded = encodeBody(entity);
  if (encoded === null) return { path: entity.path, reason: "transfer-encoding", problem: bodyProblem };
  const header = rewriteHeader(entity, encoded.transferEncoding);
  return isObstacle(header) ? header : [...header, encoded.body];
}

function rewriteEntity(entity: Entity): Pieces {
  const { type } = entity.contentType;
  const isProtected = type === "multipart/signed" || type === "multipart/encrypted";
  if (entity.children.length > 0 && isMultipart(entity) && !isProtected) return rewriteMultipart(entity);
  const canonical = canonicalLineEnds(entity.bytes);
  const problem = transportProblem(canonical);
  if (problem === null) return [canonical];
  if (isProtected) return { path: entity.path, reason: "protected-part", problem };
  return isMultipart(entity) ? { path: entity.path, reason: "boundary", problem } : rewriteLeaf(entity);
}

/**
 * The entity in canonical 7-bit form that survives transport (RFC 8551 sections 3.1.2, 3.1.3): leaves and header
 * fields that need it are encoded anew, all others stay byte for byte with CRLF. A view of the input where nothing
 * is to be done. Each octet is looked at a constant number of times.
 */
export function sevenBit(entity: Entity): SevenBitResult {
  if (transportProblem(entity.bytes) === null) return { status: "fit", bytes: entity.bytes };
  const pieces = rewriteEntity(entity);
  if (isObstacle(pieces)) return { status: "unfit", obstacle: pieces };
  return { status: "fit", bytes: joinBytes(pieces) };
}
