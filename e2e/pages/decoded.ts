import { constants, inflateRawSync, inflateSync } from "node:zlib";

/** Layers of encoding that are taken off, one inside the other. */
const MAX_DEPTH = 4;

/** Shorter runs hold no marker word. */
const BASE64_RUN = /[A-Za-z0-9+/_-](?:[A-Za-z0-9+/_-]|\\[rn]|%0[AaDd]|[\r\n]){14,}/g;

const latin1 = (bytes: Buffer): string => bytes.toString("latin1");

function base64(text: string): Buffer[] {
  const found: Buffer[] = [];
  for (const [run] of text.matchAll(BASE64_RUN)) {
    const packed = run.replace(/\\[rn]|%0[AaDd]|[\r\n]/g, "");
    // Where the encoding begins inside a run is not known.
    for (let skip = 0; skip < 4; skip++) found.push(Buffer.from(packed.slice(skip), "base64"));
  }
  return found;
}

const quotedPrintable = (text: string): Buffer[] =>
  /=[0-9A-F]{2}|=\r?\n/.test(text)
    ? [
        Buffer.from(
          text
            .replace(/=\r?\n/g, "")
            .replace(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16))),
          "latin1",
        ),
      ]
    : [];

const percent = (text: string): Buffer[] =>
  /%[0-9A-Fa-f]{2}/.test(text)
    ? [
        Buffer.from(
          text.replace(/%([0-9A-Fa-f]{2})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16))),
          "latin1",
        ),
      ]
    : [];

const escapes = (text: string): Buffer[] =>
  /\\u[0-9a-fA-F]{4}|&#x?[0-9a-fA-F]+;/.test(text)
    ? [
        Buffer.from(
          text
            .replace(/\\u([0-9a-fA-F]{4})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
            .replace(/&#x([0-9a-fA-F]+);/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
            .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code))),
          "utf8",
        ),
      ]
    : [];

/** Both byte orders, at both offsets, as far as it is ASCII. Text in UTF-16 is nearly half zeros. */
function utf16(bytes: Buffer): Buffer[] {
  const zeros = bytes.reduce((sum, byte) => sum + Number(byte === 0), 0);
  if (zeros === 0 || zeros < bytes.length / 8) return [];
  return [0, 1].map((start) => Buffer.from(bytes.filter((byte, index) => index % 2 === start && byte !== 0)));
}

const GZIP_FLAGS = { extra: 4, name: 8, comment: 16, check: 2 } as const;

/** Where the compressed data of a gzip member begins (RFC 1952 section 2.3). */
function afterGzipHeader(bytes: Buffer): number {
  const flags = bytes[3] ?? 0;
  let at = 10;
  if ((flags & GZIP_FLAGS.extra) !== 0) at += 2 + bytes.readUInt16LE(at);
  for (const flag of [GZIP_FLAGS.name, GZIP_FLAGS.comment]) if ((flags & flag) !== 0) at = bytes.indexOf(0, at) + 1;
  return (flags & GZIP_FLAGS.check) === 0 ? at : at + 2;
}

/** gzip wherever it begins, and zlib; what follows its end is not looked at, and a cut end is read as far as it goes. */
function compressed(bytes: Buffer): Buffer[] {
  const found: Buffer[] = [];
  const options = { finishFlush: constants.Z_SYNC_FLUSH };
  const attempt = (inflate: () => Buffer): void => {
    try {
      found.push(inflate());
    } catch {
      // Not compressed in this way.
    }
  };
  for (let at = bytes.indexOf("1f8b08", 0, "hex"); at >= 0; at = bytes.indexOf("1f8b08", at + 1, "hex")) {
    const rest = bytes.subarray(at);
    attempt(() => inflateRawSync(rest.subarray(afterGzipHeader(rest)), options));
  }
  if (bytes[0] === 0x78) attempt(() => inflateSync(bytes, options));
  return found;
}

/** Octets of which so many are printable are text, which can hold one more encoding; ciphertext is none. */
const isText = (bytes: Buffer): boolean => {
  const sample = bytes.subarray(0, 4096);
  const printable = sample.reduce((sum, byte) => sum + Number((byte >= 0x20 && byte < 0x7f) || byte === 10), 0);
  return printable > sample.length * 0.7;
};

/**
 * The bytes as they are and as each encoding has them that people and programs put text into: base64, quoted-printable,
 * URL and character escapes, UTF-16, gzip and deflate, also one inside the other.
 */
export function* decoded(bytes: Buffer, depth = MAX_DEPTH): Generator<Buffer> {
  yield bytes;
  if (depth === 0) return;
  const text = latin1(bytes);
  // The outermost holds pieces of text among others.
  const isRead = depth === MAX_DEPTH || isText(bytes);
  const inner = [
    ...(isRead ? [...base64(text), ...quotedPrintable(text), ...percent(text), ...escapes(text)] : []),
    ...utf16(bytes),
    ...compressed(bytes),
  ];
  for (const each of inner) if (each.length > 0 && !each.equals(bytes)) yield* decoded(each, depth - 1);
}

/** The words that stand in the bytes, decoded or not; capitals do not count. */
export function wordsIn(bytes: Buffer, words: readonly string[]): readonly string[] {
  const left = new Set(words);
  for (const each of decoded(bytes)) {
    const text = latin1(each).toLowerCase();
    for (const word of left) if (text.includes(word.toLowerCase())) left.delete(word);
    if (left.size === 0) break;
  }
  return words.filter((word) => !left.has(word));
}
