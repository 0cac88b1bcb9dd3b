import { latin1Text, utf8Bytes } from "../bytes/text.ts";

const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const TAB = 0x09;
const DASH = 0x2d;

/** The boundary line, or the end of the input, that ends a part. */
export interface PartEnd {
  /** Index of the multipart that the line belongs to, outermost 0; -1 at the end of the input. */
  readonly level: number;
  /** `--boundary--`. */
  readonly close: boolean;
  /** Where the part ends: before the line end that belongs to the boundary (RFC 2046 section 5.1.1). */
  readonly contentEnd: number;
  /** Start of the line after the boundary. */
  readonly next: number;
}

/** The boundaries of the multiparts around a place in the input. */
export interface Boundaries {
  readonly bytes: Uint8Array;
  /** Boundary to level. Of two that are the same the outer one counts: it is found first when read from outside. */
  readonly levels: Map<string, number>;
  longest: number;
}

/** `boundary` parameter as it is looked for: blanks at its end are padding (RFC 2046 section 5.1.1); `null` if none. */
export function boundaryKey(boundary: string | undefined): string | null {
  const key = latin1Text(utf8Bytes(boundary ?? "")).trimEnd();
  return key === "" ? null : key;
}

/**
 * The boundary that the line is, `--key` or `--key--` with blanks after it, or `null`. The whole line must be it: a
 * boundary may begin with another one (RFC 2046 asks writers, not readers, to avoid that).
 */
export function matchBoundary(boundaries: Boundaries, start: number, end: number): PartEnd | null {
  const { bytes, levels } = boundaries;
  if (levels.size === 0 || bytes[start] !== DASH || bytes[start + 1] !== DASH) return null;
  let last = end;
  while (last > start && isPadding(bytes[last - 1]!)) last--;
  if (last - start > boundaries.longest + 4) return null;
  const key = latin1Text(bytes.subarray(start + 2, last));
  let level = levels.get(key);
  const close = level === undefined && key.endsWith("--");
  if (close) level = levels.get(key.slice(0, -2));
  if (level === undefined) return null;
  let contentEnd = start;
  if (contentEnd > 0 && bytes[contentEnd - 1] === LF) contentEnd--;
  if (contentEnd > 0 && contentEnd < start && bytes[contentEnd - 1] === CR) contentEnd--;
  return { level, close, contentEnd, next: end };
}

function isPadding(octet: number): boolean {
  return octet === SPACE || octet === TAB || octet === CR || octet === LF;
}

/** Where the line ends, after its LF. */
export function lineEnd(bytes: Uint8Array, start: number): number {
  const at = bytes.indexOf(LF, start);
  return at < 0 ? bytes.length : at + 1;
}

/** The end of the part that goes on at `start`, a line's start: one pass whatever the number of levels. */
export function findPartEnd(boundaries: Boundaries, start: number): PartEnd {
  const { bytes } = boundaries;
  if (boundaries.levels.size > 0) {
    for (let at = start; at < bytes.length;) {
      const end = lineEnd(bytes, at);
      const found = matchBoundary(boundaries, at, end);
      if (found !== null) return found;
      at = end;
    }
  }
  return { level: -1, close: false, contentEnd: bytes.length, next: bytes.length };
}
