const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const ENCODE = Uint8Array.from(ALPHABET, (character) => character.charCodeAt(0));
const PADDING = 0x3d;

const IGNORED = 64;
const PAD = 65;
/** Value of each octet: 0 to 63, PAD, or IGNORED (RFC 2045 section 6.8: all other characters must be ignored). */
const DECODE = new Uint8Array(256).fill(IGNORED);
for (let i = 0; i < ENCODE.length; i++) DECODE[ENCODE[i] ?? 0] = i;
DECODE[PADDING] = PAD;

/** Octets in a line of 76 characters (RFC 2045 section 6.8). */
const LINE_OCTETS = 57;

/** Length of `encodeBase64Lines` for an input of `size` octets. */
export function base64LinesLength(size: number): number {
  return Math.ceil(size / 3) * 4 + 2 * Math.ceil(size / LINE_OCTETS);
}

/**
 * Base64 in lines of 76 characters, each ended by CRLF (RFC 2045 section 6.8), in one pass into bytes.
 * The text is written into `target` from `offset` on; returns the end of what was written.
 */
export function writeBase64Lines(bytes: Uint8Array, target: Uint8Array, offset: number): number {
  let out = offset;
  for (let start = 0; start < bytes.length; start += LINE_OCTETS) {
    const end = Math.min(start + LINE_OCTETS, bytes.length);
    const whole = end - ((end - start) % 3);
    let i = start;
    for (; i < whole; i += 3) {
      const group = (bytes[i]! << 16) | (bytes[i + 1]! << 8) | bytes[i + 2]!;
      target[out++] = ENCODE[group >> 18]!;
      target[out++] = ENCODE[(group >> 12) & 63]!;
      target[out++] = ENCODE[(group >> 6) & 63]!;
      target[out++] = ENCODE[group & 63]!;
    }
    if (i < end) {
      const second = i + 1 < end ? bytes[i + 1]! : 0;
      const group = (bytes[i]! << 16) | (second << 8);
      target[out++] = ENCODE[group >> 18]!;
      target[out++] = ENCODE[(group >> 12) & 63]!;
      target[out++] = i + 1 < end ? ENCODE[(group >> 6) & 63]! : PADDING;
      target[out++] = PADDING;
    }
    target[out++] = 0x0d;
    target[out++] = 0x0a;
  }
  return out;
}

/** Base64 in CRLF-ended lines of 76 characters, as bytes. */
export function encodeBase64Lines(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const text = new Uint8Array(base64LinesLength(bytes.length));
  writeBase64Lines(bytes, text, 0);
  return text;
}

/** Writes base64 in lines as `writeBase64Lines` does, of octets that come one piece after the other. */
export interface Base64LinesWriter {
  write(piece: Uint8Array): void;
  /** Writes what no full line was made of; returns the end of the text. */
  end(): number;
}

export function base64LinesWriter(target: Uint8Array, offset: number): Base64LinesWriter {
  const line = new Uint8Array(LINE_OCTETS);
  let held = 0;
  let out = offset;
  return {
    write(piece) {
      let start = 0;
      if (held > 0) {
        start = Math.min(LINE_OCTETS - held, piece.length);
        line.set(piece.subarray(0, start), held);
        held += start;
        if (held < LINE_OCTETS) return;
        out = writeBase64Lines(line, target, out);
      }
      const end = piece.length - ((piece.length - start) % LINE_OCTETS);
      out = writeBase64Lines(piece.subarray(start, end), target, out);
      line.set(piece.subarray(end));
      held = piece.length - end;
    },
    end: () => writeBase64Lines(line.subarray(0, held), target, out),
  };
}

/** Base64 without line breaks, as a string: for small values. */
export function toBase64(bytes: Uint8Array): string {
  const lines = encodeBase64Lines(bytes);
  let text = "";
  for (const octet of lines) if (octet > 0x20) text += String.fromCharCode(octet);
  return text;
}

/** Value of each pair of characters, the first in the low octet, or NO_PAIR where one is not of the alphabet. */
const NO_PAIR = 0xffff;
const DECODE_PAIR = new Uint16Array(65_536).fill(NO_PAIR);
for (const [high, first] of ENCODE.entries()) {
  for (const [low, second] of ENCODE.entries()) DECODE_PAIR[first | (second << 8)] = (high << 6) | low;
}

/** Groups of four characters that are decoded in one call. */
const GROUPS_AT_ONCE = 256;

/**
 * Decodes groups of four characters from `start` on as long as all are of the alphabet, which is a line but for its end;
 * returns their number. A function of its own, called for each line: V8 compiles it once and for all, while it compiled
 * the loop over a whole message anew for each, and ran most of a message uncompiled.
 */
function decodeGroups(source: DataView, start: number, target: DataView, offset: number): number {
  const last = Math.min(source.byteLength - 4, start + 4 * (GROUPS_AT_ONCE - 1));
  let at = start;
  let out = offset;
  for (; at <= last; at += 4) {
    const group = source.getUint32(at, true);
    const high = DECODE_PAIR[group & 0xffff]!;
    const low = DECODE_PAIR[group >>> 16]!;
    if ((high | low) > 0xfff) break;
    // Three octets; the fourth is written over.
    target.setInt32(out, (high << 20) | (low << 8));
    out += 3;
  }
  return (at - start) / 4;
}

/**
 * Decodes base64 text given as bytes. Characters outside the alphabet are passed over and reading ends at the
 * padding, as RFC 2045 section 6.8 asks of mail readers; a last lone character is dropped.
 */
export function decodeBase64(text: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4) + 4);
  const target = new DataView(bytes.buffer);
  const source = new DataView(text.buffer, text.byteOffset, text.length);
  let out = 0;
  let group = 0;
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    if (count === 0) {
      const groups = decodeGroups(source, i, target, out);
      i += 4 * groups;
      out += 3 * groups;
      if (i >= text.length) break;
    }
    const value = DECODE[text[i]!]!;
    if (value === PAD) break;
    if (value === IGNORED) continue;
    group = (group << 6) | value;
    if (++count === 4) {
      bytes[out++] = group >> 16;
      bytes[out++] = group >> 8;
      bytes[out++] = group;
      group = 0;
      count = 0;
    }
  }
  if (count === 2) bytes[out++] = group >> 4;
  if (count === 3) {
    bytes[out++] = group >> 10;
    bytes[out++] = group >> 2;
  }
  return bytes.subarray(0, out);
}

/** Decodes base64 given as a string. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return decodeBase64(Uint8Array.from({ length: text.length }, (_, i) => text.charCodeAt(i) & 0xff));
}
