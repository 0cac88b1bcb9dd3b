import { SmimeError } from "../errors.ts";
import { MAX_ASN1_DEPTH, MAX_ASN1_NODES } from "../limits.ts";

/**
 * Which encoding is demanded. Certificates, keys and signed attributes are DER; CMS around them may be BER
 * (RFC 5652 section 1), with indefinite lengths and strings in pieces.
 */
export type EncodingRules = "der" | "ber";

/** One value in its encoding: views into the input, nothing is copied. */
export interface Tlv {
  /** Identifier octet: class, constructed bit and tag number below 31 (X.690 section 8.1.2). */
  readonly tag: number;
  /** The content octets; without the end-of-contents octets where the length is indefinite. */
  readonly content: Uint8Array;
  /** The whole encoding from the identifier octet to the last octet. */
  readonly bytes: Uint8Array;
}

export const CONSTRUCTED = 0x20;

const END_OF_CONTENTS = 2;

interface Header {
  readonly tag: number;
  /** Offset of the first content octet. */
  readonly start: number;
  /** Number of content octets; `null` for the indefinite form. */
  readonly length: number | null;
}

function malformed(reason: string, offset: number): SmimeError {
  return new SmimeError("malformed.asn1", { reason, offset });
}

/** Identifier and length octets (X.690 sections 8.1.2, 8.1.3 and, for DER, 10.1). */
function readHeader(bytes: Uint8Array, offset: number, rules: EncodingRules): Header {
  const tag = bytes[offset];
  const first = bytes[offset + 1];
  if (tag === undefined || first === undefined) throw malformed("truncated", offset);
  // Tag 0 is kept for end-of-contents octets, which close an indefinite length and stand nowhere else (section 8.1.5).
  if ((tag & ~CONSTRUCTED) === 0) throw malformed("end-of-contents", offset);
  // Tag numbers from 31 on occur in no structure of S/MIME, PKIX or PKCS.
  if ((tag & 0x1f) === 0x1f) throw malformed("high-tag-number", offset);
  if (first < 0x80) return { tag, start: offset + 2, length: first };
  if (first === 0x80) {
    if (rules === "der") throw malformed("indefinite-length", offset);
    if ((tag & CONSTRUCTED) === 0) throw malformed("primitive-indefinite-length", offset);
    return { tag, start: offset + 2, length: null };
  }
  const octets = first & 0x7f;
  // Four octets say 4 GiB, beyond any input; leading zeros are legal in BER, so up to eight are read there.
  if (octets > (rules === "der" ? 4 : 8)) throw malformed("length-too-long", offset);
  let length = 0;
  for (let i = 0; i < octets; i++) {
    const octet = bytes[offset + 2 + i];
    if (octet === undefined) throw malformed("truncated", offset);
    length = length * 256 + octet;
  }
  if (rules === "der" && (length < 0x80 || length < 256 ** (octets - 1))) throw malformed("length-not-minimal", offset);
  return { tag, start: offset + 2 + octets, length };
}

/**
 * Finds the end of a value of indefinite length by walking over what is inside; keeps count instead of recursing.
 * Returns the offset of the end-of-contents octets that close it.
 */
function findEndOfContents(bytes: Uint8Array, start: number): number {
  let open = 1;
  let offset = start;
  for (let nodes = 0; nodes < MAX_ASN1_NODES; nodes++) {
    if (bytes[offset] === 0 && bytes[offset + 1] === 0) {
      if (--open === 0) return offset;
      offset += END_OF_CONTENTS;
      continue;
    }
    const header = readHeader(bytes, offset, "ber");
    if (header.length === null) {
      if (++open > MAX_ASN1_DEPTH) throw new SmimeError("limit.exceeded", { limit: "asn1-depth", offset });
      offset = header.start;
    } else {
      offset = header.start + header.length;
    }
  }
  throw new SmimeError("limit.exceeded", { limit: "asn1-nodes", offset: start });
}

/**
 * Reads the value that starts at `offset`.
 *
 * @throws {SmimeError} `malformed.asn1` or `limit.exceeded`
 */
export function readTlv(bytes: Uint8Array, offset: number, rules: EncodingRules): Tlv {
  const { tag, start, length } = readHeader(bytes, offset, rules);
  if (length === null) {
    const end = findEndOfContents(bytes, start);
    return { tag, content: bytes.subarray(start, end), bytes: bytes.subarray(offset, end + END_OF_CONTENTS) };
  }
  const end = start + length;
  if (end > bytes.length) throw malformed("truncated", offset);
  return { tag, content: bytes.subarray(start, end), bytes: bytes.subarray(offset, end) };
}
