import { Asn1Reader } from "../asn1/reader.ts";
import { Tag } from "../asn1/tag.ts";
import { SmimeError } from "../errors.ts";
import type { Tlv } from "../asn1/tlv.ts";
import { type Der, oid, sequence, setOf } from "../asn1/writer.ts";

/** `Attribute ::= SEQUENCE { attrType OBJECT IDENTIFIER, attrValues SET OF AttributeValue }` (RFC 5652 section 5.3) */
export interface Attribute {
  readonly type: string;
  readonly values: readonly Tlv[];
}

/** Attributes in one SET. Real ones have under 20; each costs a comparison with every other. */
const MAX_ATTRIBUTES = 256;

/** Reads the attributes of a SET, positioned inside it. */
export function readAttributes(set: Asn1Reader): Attribute[] {
  return set.rest(MAX_ATTRIBUTES).map((tlv) => {
    if (tlv.tag !== Tag.Sequence) throw new SmimeError("malformed.cms", { reason: "attribute" });
    const fields = set.inside(tlv);
    const type = fields.oid();
    const values = fields.set().rest(MAX_ATTRIBUTES);
    fields.end();
    return { type, values };
  });
}

export function attribute(type: string, ...values: readonly Der[]): Der {
  return sequence(oid(type), setOf(values));
}

export type SingleValue =
  { readonly status: "absent" } | { readonly status: "repeated" } | { readonly status: "present"; readonly value: Tlv };

/** The value of an attribute that may occur once and with one value only (RFC 5652 section 11). */
export function singleValue(attributes: readonly Attribute[], type: string): SingleValue {
  const found = attributes.filter((attribute) => attribute.type === type);
  if (found.length === 0) return { status: "absent" };
  const [value, ...others] = found.flatMap((attribute) => attribute.values);
  return found.length > 1 || others.length > 0 || !value ? { status: "repeated" } : { status: "present", value };
}

/** A reader that is positioned before one value, in the encoding rules of signed attributes as they are received. */
export function valueReader(value: Tlv): Asn1Reader {
  return new Asn1Reader(value.bytes, "ber");
}

/** What a reader finds; `null` where it finds something else: an attribute that nothing depends on may be broken. */
export function whereReadable<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof SmimeError) return null;
    throw error;
  }
}
