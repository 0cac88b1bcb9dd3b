import type { Asn1Reader } from "../asn1/reader.ts";
import { Tag } from "../asn1/tag.ts";
import { SmimeError } from "../errors.ts";

/** `Extension ::= SEQUENCE { extnID, critical BOOLEAN DEFAULT FALSE, extnValue OCTET STRING }` (RFC 5280 4.1) */
export interface Extension {
  readonly oid: string;
  readonly critical: boolean;
  /** What the OCTET STRING holds: the encoding of the extension's own type. */
  readonly value: Uint8Array;
}

/** More extensions than any issuer writes (some 20), few enough to be cheap. */
const MAX_EXTENSIONS = 256;

/**
 * `Extensions ::= SEQUENCE OF Extension`, by their OID in dotted form; one that stands twice is an error (RFC 5280
 * section 4.2).
 */
export function readExtensionList(reader: Asn1Reader): ReadonlyMap<string, Extension> {
  const extensions = new Map<string, Extension>();
  const list = reader.sequence();
  while (!list.atEnd) {
    const fields = list.sequence();
    const oid = fields.oid();
    const critical = fields.nextTag === Tag.Boolean && fields.boolean();
    const value = fields.octetString();
    fields.end();
    if (extensions.has(oid)) throw new SmimeError("malformed.asn1", { reason: "repeated-extension", oid });
    if (extensions.size >= MAX_EXTENSIONS) throw new SmimeError("limit.exceeded", { limit: "extensions" });
    extensions.set(oid, { oid, critical, value });
  }
  return extensions;
}
