import { concatBytes } from "./concat.ts";
import { equalBytes } from "./equal.ts";

/** Octets that lie in several places, in their order: a large content that need not be copied to get a new header. */
export type Pieces = readonly Uint8Array[];

export function piecesLength(pieces: Pieces): number {
  return pieces.reduce((sum, piece) => sum + piece.length, 0);
}

/** The octets from `start` to `end`: a view where they lie in one piece, else a copy. */
function sliceOf(pieces: Pieces, start: number, end: number): Uint8Array {
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const piece of pieces) {
    const part = piece.subarray(Math.max(start - at, 0), Math.max(end - at, 0));
    if (part.length > 0) parts.push(part);
    at += piece.length;
  }
  const [first] = parts;
  return parts.length === 1 && first ? first : concatBytes(...parts);
}

/** All octets in one place: no copy where they are in one. */
export function contiguous(pieces: Pieces): Uint8Array {
  return sliceOf(pieces, 0, piecesLength(pieces));
}

/** The octets in chunks of `size`, of which the last has at most `size`; one empty chunk where there are none. */
export function* chunksOf(pieces: Pieces, size: number): Generator<Uint8Array> {
  const length = piecesLength(pieces);
  let start = 0;
  do yield sliceOf(pieces, start, (start += size));
  while (start < length);
}

/** Whether `bytes` are what stands in the pieces from `start` on. */
export function standsAt(bytes: Uint8Array, pieces: Pieces, start: number): boolean {
  let at = 0;
  let compared = 0;
  for (const piece of pieces) {
    const from = Math.max(start - at, 0);
    const part = piece.subarray(from, from + bytes.length - compared);
    if (!equalBytes(part, bytes.subarray(compared, compared + part.length))) return false;
    compared += part.length;
    at += piece.length;
  }
  return compared === bytes.length;
}

/** Whether `bytes` are the octets of the pieces and no more. */
export function equalsPieces(bytes: Uint8Array, pieces: Pieces): boolean {
  return bytes.length === piecesLength(pieces) && standsAt(bytes, pieces, 0);
}
