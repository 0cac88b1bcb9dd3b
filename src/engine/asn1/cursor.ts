import { SmimeError } from "../errors.ts";

/**
 * Walks over DER values without making an object for each, for lists of millions of them: `next` moves on to a value
 * and leaves its identifier octet and the place of its content in the fields below.
 */
export class DerCursor {
  readonly bytes: Uint8Array;
  /** Where the next value starts. */
  offset: number;
  /** Of the value that was read last. */
  tag = 0;
  start = 0;
  end = 0;

  constructor(bytes: Uint8Array, offset = 0) {
    this.bytes = bytes;
    this.offset = offset;
  }

  /**
   * Reads the identifier and length octets of the next value, which ends at `limit` or before (X.690 sections 8.1.2,
   * 8.1.3 and 10.1), and goes behind it.
   *
   * @throws {SmimeError} `malformed.asn1`
   */
  next(limit: number): void {
    const { bytes, offset } = this;
    if (offset + 2 > limit) throw this.#malformed("truncated");
    this.tag = bytes[offset] ?? 0;
    if ((this.tag & 0x1f) === 0x1f || this.tag === 0) throw this.#malformed("unexpected-tag");
    let length = bytes[offset + 1] ?? 0;
    this.start = offset + 2;
    if (length >= 0x80) length = this.#longLength(length & 0x7f);
    this.end = this.start + length;
    if (this.end > limit) throw this.#malformed("truncated");
    this.offset = this.end;
  }

  /** Reads the next value, which has this identifier octet. */
  expect(tag: number, limit: number): void {
    this.next(limit);
    if (this.tag !== tag) throw this.#malformed("unexpected-tag");
  }

  /** Goes into the value that was read last; returns where it ends. */
  enter(): number {
    this.offset = this.start;
    return this.end;
  }

  #longLength(octets: number): number {
    if (octets === 0) throw this.#malformed("indefinite-length");
    if (octets > 4) throw this.#malformed("length-too-long");
    let length = 0;
    for (let i = 0; i < octets; i++) length = length * 256 + (this.bytes[this.start + i] ?? 0);
    if (length < 0x80 || length < 256 ** (octets - 1)) throw this.#malformed("length-not-minimal");
    this.start += octets;
    return length;
  }

  #malformed(reason: string): SmimeError {
    return new SmimeError("malformed.asn1", { reason, offset: this.offset });
  }
}
