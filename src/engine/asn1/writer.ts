import { compareBytes } from "../bytes/equal.ts";
import { SmimeError } from "../errors.ts";
import { Tag, contextConstructed, contextPrimitive } from "./tag.ts";

/**
 * A DER encoding in pieces: headers and leaf contents in their order. Nothing is joined before `encode`, so a large
 * content is copied once, whatever it is nested in.
 */
export interface Der {
  readonly length: number;
  readonly pieces: readonly Uint8Array[];
}

/** Joins an encoding into one array. */
export function encode(der: Der): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(der.length);
  let offset = 0;
  for (const piece of der.pieces) {
    bytes.set(piece, offset);
    offset += piece.length;
  }
  return bytes;
}

/** Takes bytes that are an encoding already. */
export function encoded(bytes: Uint8Array): Der {
  return { length: bytes.length, pieces: [bytes] };
}

/** Identifier and length octets in DER (X.690 sections 8.1.2 and 10.1). */
function header(tag: number, length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(tag, length);
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  return Uint8Array.of(tag, 0x80 | octets.length, ...octets);
}

function primitive(tag: number, content: Uint8Array): Der {
  const head = header(tag, content.length);
  return { length: head.length + content.length, pieces: [head, content] };
}

/** A constructed value under any identifier octet; absent optional parts are given as `null`. */
export function constructed(tag: number, ...parts: readonly (Der | null)[]): Der {
  let length = 0;
  const pieces: Uint8Array[] = [];
  for (const part of parts) {
    if (!part) continue;
    length += part.length;
    for (const piece of part.pieces) pieces.push(piece);
  }
  const head = header(tag, length);
  return { length: head.length + length, pieces: [head, ...pieces] };
}

export function sequence(...parts: readonly (Der | null)[]): Der {
  return constructed(Tag.Sequence, ...parts);
}

/** SET OF, or a type tagged IMPLICIT over it, in DER's order (X.690 section 11.6). */
export function setOf(parts: readonly Der[], tag: number = Tag.Set): Der {
  const elements = parts.map(encode).sort(compareBytes).map(encoded);
  return constructed(tag, ...elements);
}

/** `[number] EXPLICIT`. */
export function explicit(number: number, part: Der): Der {
  return constructed(contextConstructed(number), part);
}

/** `[number] IMPLICIT` over a primitive type with these content octets. */
export function implicitPrimitive(number: number, content: Uint8Array): Der {
  return primitive(contextPrimitive(number), content);
}

/**
 * `[number] IMPLICIT` over a primitive type whose content octets do not exist yet: the length counts them, the pieces
 * end before them. So it must be the last value in all that it is nested in.
 */
export function implicitPrimitiveHeader(number: number, contentLength: number): Der {
  const head = header(contextPrimitive(number), contentLength);
  return { length: head.length + contentLength, pieces: [head] };
}

export function octetString(content: Uint8Array): Der {
  return primitive(Tag.OctetString, content);
}

/** An OCTET STRING whose octets lie in several places, none of which is copied before `encode`. */
export function octetStringOf(pieces: readonly Uint8Array[]): Der {
  const contentLength = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const head = header(Tag.OctetString, contentLength);
  return { length: head.length + contentLength, pieces: [head, ...pieces] };
}

/** A BIT STRING of whole octets. */
export function bitString(octets: Uint8Array): Der {
  const head = header(Tag.BitString, octets.length + 1);
  return { length: head.length + 1 + octets.length, pieces: [head, Uint8Array.of(0), octets] };
}

export function nullValue(): Der {
  return primitive(Tag.Null, new Uint8Array(0));
}

export function boolean(value: boolean): Der {
  return primitive(Tag.Boolean, Uint8Array.of(value ? 0xff : 0));
}

/** INTEGER from its content octets, as a reader gave them. */
export function integer(content: Uint8Array): Der {
  return primitive(Tag.Integer, content);
}

/** INTEGER from an unsigned big-endian number. */
export function unsignedInteger(magnitude: Uint8Array): Der {
  let start = 0;
  while (start < magnitude.length - 1 && magnitude[start] === 0) start++;
  const significant = magnitude.subarray(start);
  if (significant.length === 0) return integer(Uint8Array.of(0));
  return integer((significant[0] ?? 0) < 0x80 ? significant : Uint8Array.of(0, ...significant));
}

/** INTEGER from a number of at most 2^31 - 1. */
export function smallInteger(value: number): Der {
  return unsignedInteger(Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value));
}

/** An OBJECT IDENTIFIER given in dotted form (X.690 section 8.19); arcs made of UUIDs (2.25) have 128 bits. */
export function oid(dotted: string): Der {
  const [top = 0n, second = 0n, ...others] = arcs(dotted);
  const content: number[] = [];
  for (const arc of [40n * top + second, ...others]) {
    const octets = [Number(arc & 0x7fn)];
    for (let rest = arc >> 7n; rest > 0n; rest >>= 7n) octets.unshift(Number(0x80n | (rest & 0x7fn)));
    content.push(...octets);
  }
  return primitive(Tag.ObjectIdentifier, Uint8Array.from(content));
}

/** The first arc is 0 to 2, the second below 40 under the arcs 0 and 1 (X.660 section A.2). */
function arcs(dotted: string): bigint[] {
  if (!/^(?:[01]\.[1-3]?\d|2\.(?:0|[1-9]\d*))(?:\.(?:0|[1-9]\d*))*$/.test(dotted)) {
    throw new SmimeError("malformed.asn1", { reason: "oid", oid: dotted });
  }
  return dotted.split(".").map(BigInt);
}

/** A string type whose characters are all below U+0080. */
export function asciiString(tag: number, text: string): Der {
  return primitive(
    tag,
    Uint8Array.from(text, (character) => character.charCodeAt(0)),
  );
}

/** UTCTime until 2049, GeneralizedTime after (RFC 5280 section 4.1.2.5, RFC 5652 section 11.3). */
export function time(date: Date): Der {
  const digits = date
    .toISOString()
    .replace(/\.\d+Z$/, "Z")
    .replaceAll(/[-:T]/g, "");
  const year = date.getUTCFullYear();
  if (year >= 1950 && year < 2050) return asciiString(Tag.UtcTime, digits.slice(2));
  return asciiString(Tag.GeneralizedTime, digits);
}
