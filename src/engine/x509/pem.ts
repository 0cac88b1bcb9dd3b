import { Tag } from "../asn1/tag.ts";
import { decodeBase64, toBase64 } from "../bytes/base64.ts";
import { latin1Bytes, latin1Text } from "../bytes/text.ts";
import { SmimeError } from "../errors.ts";
import { MAX_CONTAINER_CERTIFICATES, MAX_CONTAINER_SIZE } from "../limits.ts";

/** One `-----BEGIN label-----` … `-----END label-----` block (RFC 7468 section 3). */
export interface PemBlock {
  readonly label: string;
  /** The decoded body; of any type, it was not looked at. */
  readonly der: Uint8Array;
  /** A `Proc-Type: 4,ENCRYPTED` header stands over the body (RFC 1421 section 4.6.1.1), which is no DER then. */
  readonly isEncrypted: boolean;
}

const BEGIN = "-----BEGIN ";
const END = "-----END ";
const DASHES = "-----";

/** RFC 7468 gives no maximum; the longest label in use has 23 characters. */
const MAX_LABEL = 64;

/** RFC 7468 section 2: generators wrap at 64 characters. */
const LINE = 64;

/**
 * Text of a file that may be in UTF-16 with a byte order mark (Windows' PowerShell writes it) or begin with the mark of
 * UTF-8, as one character a byte: all that counts in these files is ASCII.
 */
export function readFileText(bytes: Uint8Array): string {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  if (first === 0xef && second === 0xbb && third === 0xbf) return latin1Text(bytes.subarray(3));
  return latin1Text(bytes);
}

/** Whether a text has the beginning of a PEM block, after any explanatory text (RFC 7468 section 2). */
export function hasPemBlock(text: string): boolean {
  return text.includes(BEGIN);
}

/**
 * All PEM blocks of a text in their order, by the lax grammar of RFC 7468 section 3: explanatory text around the blocks
 * and foreign characters in the base64 are passed over. A block that is not closed by its own label is an error, as its
 * end is not known.
 *
 * @throws {SmimeError} `malformed.pem`, `limit.exceeded`
 */
export function readPemBlocks(file: Uint8Array | string): PemBlock[] {
  if (file.length > MAX_CONTAINER_SIZE) throw new SmimeError("limit.exceeded", { limit: "container-size" });
  const text = typeof file === "string" ? file : readFileText(file);
  const blocks: PemBlock[] = [];
  for (let begin = text.indexOf(BEGIN); begin >= 0;) {
    if (blocks.length >= MAX_CONTAINER_CERTIFICATES) throw new SmimeError("limit.exceeded", { limit: "pem-blocks" });
    const label = readLabel(text, begin + BEGIN.length);
    const start = begin + BEGIN.length + label.length + DASHES.length;
    const end = text.indexOf(END, start);
    if (end < 0) throw new SmimeError("malformed.pem", { reason: "no-end", offset: begin });
    if (readLabel(text, end + END.length) !== label) {
      throw new SmimeError("malformed.pem", { reason: "other-end", offset: end });
    }
    const inside = text.slice(start, end);
    if (hasPemBlock(inside)) throw new SmimeError("malformed.pem", { reason: "nested-begin", offset: begin });
    blocks.push(readBlock(label, inside));
    begin = text.indexOf(BEGIN, end);
  }
  return blocks;
}

/**
 * The octets of a file that may stand in PEM: those of its first block with this label, or the file as it is where it
 * has none.
 *
 * @throws {SmimeError} `malformed.pem`, `limit.exceeded`
 */
export function withoutArmour(file: Uint8Array, label: string): Uint8Array {
  const text = file[0] === Tag.Sequence ? "" : readFileText(file);
  if (!text.includes(`${BEGIN}${label}${DASHES}`)) return file;
  return readPemBlocks(text).find((block) => block.label === label)?.der ?? file;
}

/** The label from `start` to the closing dashes (RFC 7468 section 3). */
function readLabel(text: string, start: number): string {
  const label = text.slice(start, start + MAX_LABEL + DASHES.length).split(DASHES, 1)[0] ?? "";
  if (label.length > MAX_LABEL || /[^ -~]/.test(label)) {
    throw new SmimeError("malformed.pem", { reason: "label", offset: start });
  }
  return label;
}

/** Headers in the style of RFC 1421 end at an empty line; base64 has no colon, so the last one is in a header. */
function readBlock(label: string, inside: string): PemBlock {
  const colon = inside.lastIndexOf(":");
  if (colon < 0) return { label, der: decodeBase64(asciiBytes(inside)), isEncrypted: false };
  const blank = /\r?\n[ \t]*\r?\n/.exec(inside.slice(colon));
  if (!blank) throw new SmimeError("malformed.pem", { reason: "headers", label });
  const body = colon + blank.index + blank[0].length;
  const isEncrypted = /Proc-Type:[ \t]*4,[ \t]*ENCRYPTED/i.test(inside.slice(0, body));
  return { label, der: decodeBase64(asciiBytes(inside.slice(body))), isEncrypted };
}

/** Bytes of a text for the base64 reader; characters above U+007F become one that it passes over. */
function asciiBytes(text: string): Uint8Array {
  return latin1Bytes(text.replaceAll(/[^\0-\x7f]/g, " "));
}

/** The bytes of a text that is nothing but base64, as Windows writes `.cer` and `.p7b` without armour; else `null`. */
export function readBareBase64(text: string): Uint8Array | null {
  const trimmed = text.trim();
  if (trimmed.length === 0 || /[^A-Za-z0-9+/=\s]/.test(trimmed)) return null;
  return decodeBase64(latin1Bytes(trimmed));
}

/** One PEM block with LF line ends (RFC 7468 section 2). */
export function writePem(label: string, der: Uint8Array): string {
  const base64 = toBase64(der);
  let text = `${BEGIN}${label}${DASHES}\n`;
  for (let i = 0; i < base64.length; i += LINE) text += base64.slice(i, i + LINE) + "\n";
  return `${text}${END}${label}${DASHES}\n`;
}
