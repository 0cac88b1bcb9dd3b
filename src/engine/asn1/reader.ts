import { joinBytes } from "../bytes/concat.ts";
import { SmimeError } from "../errors.ts";
import { MAX_ASN1_DEPTH, MAX_ASN1_NODES, MAX_OID_LENGTH } from "../limits.ts";
import { Tag, contextConstructed } from "./tag.ts";
import { parseTime } from "./time.ts";
import { CONSTRUCTED, readTlv, type EncodingRules, type Tlv } from "./tlv.ts";

/**
 * Walks over the values of one constructed type in their order. Every method reads one value and throws
 * `malformed.asn1` where the next value is of another type; `end` throws where something is left over, so a schema
 * that is read to its end accepts no trailing data.
 */
export class Asn1Reader {
  readonly #bytes: Uint8Array;
  readonly #rules: EncodingRules;
  readonly #depth: number;
  #offset = 0;

  constructor(bytes: Uint8Array, rules: EncodingRules = "der", depth = 0) {
    if (depth > MAX_ASN1_DEPTH) throw new SmimeError("limit.exceeded", { limit: "asn1-depth" });
    this.#bytes = bytes;
    this.#rules = rules;
    this.#depth = depth;
  }

  get atEnd(): boolean {
    return this.#offset >= this.#bytes.length;
  }

  /** Identifier octet of the next value, or `null` at the end. */
  get nextTag(): number | null {
    return this.#bytes[this.#offset] ?? null;
  }

  /** Reads the next value, whatever it is, or of the given identifier octet only. */
  any(tag?: number): Tlv {
    const tlv = readTlv(this.#bytes, this.#offset, this.#rules);
    if (tag !== undefined && tlv.tag !== tag) throw this.#unexpected(tag);
    this.#offset += tlv.bytes.length;
    return tlv;
  }

  /** Reads the next value where it has the given identifier octet, else leaves it. */
  optional(tag: number): Tlv | null {
    return this.nextTag === tag ? this.any(tag) : null;
  }

  /** A reader over the values of the next SEQUENCE, or of a SET or tagged type by its identifier octet. */
  sequence(tag: number = Tag.Sequence): Asn1Reader {
    return this.inside(this.any(tag));
  }

  set(): Asn1Reader {
    return this.sequence(Tag.Set);
  }

  /** A reader over the values of an optional constructed type. */
  optionalSequence(tag: number): Asn1Reader | null {
    const tlv = this.optional(tag);
    return tlv && this.inside(tlv);
  }

  /** A reader inside `[number] EXPLICIT`; `null` where the next value has another tag. */
  optionalExplicit(number: number): Asn1Reader | null {
    return this.optionalSequence(contextConstructed(number));
  }

  /** A reader over the content of a value that was read with `any`. */
  inside(tlv: Tlv): Asn1Reader {
    return new Asn1Reader(tlv.content, this.#rules, this.#depth + 1);
  }

  /** Reads all values that are left, at most `limit` of them. */
  rest(limit: number = MAX_ASN1_NODES): Tlv[] {
    const values: Tlv[] = [];
    while (!this.atEnd) {
      if (values.length >= limit) throw new SmimeError("limit.exceeded", { limit: "asn1-elements", value: limit });
      values.push(this.any());
    }
    return values;
  }

  /** Content octets of an INTEGER: big-endian two's complement (X.690 section 8.3), shortest form in DER. */
  integer(tag: number = Tag.Integer): Uint8Array {
    const { content } = this.any(tag);
    const [first, second] = content;
    if (first === undefined) throw this.#malformed("empty-integer");
    const padded = second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80));
    if (padded && this.#rules === "der") throw this.#malformed("integer-not-minimal");
    return content;
  }

  /** An INTEGER from 0 to 2^31 - 1, as a number. */
  smallInteger(tag: number = Tag.Integer): number {
    const content = this.integer(tag);
    const significant = content[0] === 0 ? content.subarray(1) : content;
    if ((content[0] ?? 0) >= 0x80 || significant.length > 4) throw this.#malformed("integer-out-of-range");
    const value = significant.reduce((sum, octet) => sum * 256 + octet, 0);
    if (value > 0x7fffffff) throw this.#malformed("integer-out-of-range");
    return value;
  }

  /** A BOOLEAN (X.690 sections 8.2 and 11.1). */
  boolean(tag: number = Tag.Boolean): boolean {
    const { content } = this.any(tag);
    if (content.length !== 1) throw this.#malformed("boolean-length");
    if (this.#rules === "der" && content[0] !== 0 && content[0] !== 0xff) throw this.#malformed("boolean-not-der");
    return content[0] !== 0;
  }

  /** A NULL (X.690 section 8.8). */
  null(): void {
    if (this.any(Tag.Null).content.length > 0) throw this.#malformed("null-length");
  }

  /** An OBJECT IDENTIFIER in dotted form (X.690 section 8.19). */
  oid(tag: number = Tag.ObjectIdentifier): string {
    return decodeOid(this.any(tag).content);
  }

  /**
   * An OCTET STRING, or a type tagged IMPLICIT over one. In BER its pieces are joined (X.690 section 8.7); a string
   * in one piece is a view of the input.
   */
  octetString(tag: number = Tag.OctetString): Uint8Array {
    const tlv = this.any(this.nextTag === (tag | CONSTRUCTED) ? tag | CONSTRUCTED : tag);
    if ((tlv.tag & CONSTRUCTED) === 0) return tlv.content;
    if (this.#rules === "der") throw this.#malformed("constructed-string");
    const pieces: Uint8Array[] = [];
    collectPieces(tlv.content, this.#depth + 1, pieces);
    return pieces.length === 1 && pieces[0] ? pieces[0] : joinBytes(pieces);
  }

  /** A BIT STRING of whole octets (X.690 section 8.6), as keys and signatures are. */
  bitStringOctets(): Uint8Array {
    const { octets, unusedBits } = this.bitString();
    if (unusedBits !== 0) throw this.#malformed("bit-string-not-octets");
    return octets;
  }

  bitString(tag: number = Tag.BitString): { octets: Uint8Array; unusedBits: number } {
    const { content } = this.any(tag);
    const unusedBits = content[0];
    if (unusedBits === undefined || unusedBits > 7 || (unusedBits > 0 && content.length === 1)) {
      throw this.#malformed("bit-string-unused-bits");
    }
    const last = content[content.length - 1] ?? 0;
    if (this.#rules === "der" && unusedBits > 0 && (last & ((1 << unusedBits) - 1)) !== 0) {
      throw this.#malformed("bit-string-padding");
    }
    return { octets: content.subarray(1), unusedBits };
  }

  /** UTCTime or GeneralizedTime (RFC 5280 section 4.1.2.5, RFC 5652 section 11.3). */
  time(): Date {
    const tlv = this.any();
    const time = parseTime(tlv);
    if (!time) throw this.#malformed("time");
    return time;
  }

  /** Ends reading; throws where values are left. */
  end(): void {
    if (!this.atEnd) throw this.#malformed("trailing-data");
  }

  #malformed(reason: string): SmimeError {
    return new SmimeError("malformed.asn1", { reason, offset: this.#offset });
  }

  #unexpected(expected: number): SmimeError {
    return new SmimeError("malformed.asn1", {
      reason: "unexpected-tag",
      offset: this.#offset,
      expected,
      found: this.nextTag ?? -1,
    });
  }
}

/** The OCTET STRING pieces of a constructed string, in order; pieces may be constructed again. */
function collectPieces(content: Uint8Array, depth: number, pieces: Uint8Array[]): void {
  if (depth > MAX_ASN1_DEPTH) throw new SmimeError("limit.exceeded", { limit: "asn1-depth" });
  for (let offset = 0; offset < content.length;) {
    const piece = readTlv(content, offset, "ber");
    if ((piece.tag & ~CONSTRUCTED) !== Tag.OctetString)
      throw new SmimeError("malformed.asn1", { reason: "string-piece" });
    if (pieces.length >= MAX_ASN1_NODES) throw new SmimeError("limit.exceeded", { limit: "asn1-nodes" });
    if (piece.tag & CONSTRUCTED) collectPieces(piece.content, depth + 1, pieces);
    else pieces.push(piece.content);
    offset += piece.bytes.length;
  }
}

/** Arcs are read as numbers as long as another seven bits fit; those made of UUIDs (2.25) have 128 bits. */
const LARGE_ARC = 2 ** 45;

/** Dotted form of the content octets of an OBJECT IDENTIFIER. */
export function decodeOid(content: Uint8Array): string {
  if (content.length === 0 || content.length > MAX_OID_LENGTH) {
    throw new SmimeError("malformed.asn1", { reason: "oid-length", length: content.length });
  }
  let dotted = "";
  let arc: number | bigint = 0;
  let isFirstOctet = true;
  for (const octet of content) {
    if (isFirstOctet && octet === 0x80) throw new SmimeError("malformed.asn1", { reason: "oid-padding" });
    const bits = octet & 0x7f;
    if (typeof arc === "number" && arc < LARGE_ARC) arc = arc * 128 + bits;
    else arc = BigInt(arc) * 128n + BigInt(bits);
    isFirstOctet = octet < 0x80;
    if (!isFirstOctet) continue;
    if (dotted !== "") dotted += `.${String(arc)}`;
    // The first two arcs share one number (X.690 section 8.19.4).
    else if (arc < 80) dotted = `${String(Math.floor(Number(arc) / 40))}.${String(Number(arc) % 40)}`;
    else dotted = `2.${String(typeof arc === "number" ? arc - 80 : arc - 80n)}`;
    arc = 0;
  }
  if (!isFirstOctet) throw new SmimeError("malformed.asn1", { reason: "oid-truncated" });
  return dotted;
}

/** Reads one value that must fill the whole input, and gives a reader over what is inside. */
export function readWhole(bytes: Uint8Array, rules: EncodingRules = "der", tag: number = Tag.Sequence): Asn1Reader {
  const outer = new Asn1Reader(bytes, rules);
  const inner = outer.sequence(tag);
  outer.end();
  return inner;
}
