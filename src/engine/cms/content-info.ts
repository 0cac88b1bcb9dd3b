import { type Asn1Reader, readWhole } from "../asn1/reader.ts";
import { type Der, constructed, encoded, explicit, oid, sequence } from "../asn1/writer.ts";
import { SmimeError } from "../errors.ts";
import { Tag } from "../asn1/tag.ts";

/**
 * `ContentInfo ::= SEQUENCE { contentType ContentType, content [0] EXPLICIT ANY DEFINED BY contentType }`
 * (RFC 5652 section 3)
 */
export interface ContentInfo {
  readonly contentType: string;
  /** Positioned before the content. */
  readonly content: Asn1Reader;
}

/**
 * Reads a ContentInfo that fills the input. What a message is, its OID here says; file names and MIME parameters
 * are hints that senders get wrong (attack 59).
 *
 * @throws {SmimeError} `malformed.cms`
 */
export function readContentInfo(bytes: Uint8Array): ContentInfo {
  return readingCms(() => {
    const fields = readWhole(bytes, "ber");
    const contentType = fields.oid();
    const content = fields.optionalExplicit(0);
    fields.end();
    if (!content) throw new SmimeError("malformed.cms", { reason: "content-missing" });
    return { contentType, content };
  });
}

export function contentInfo(contentType: string, content: Der): Der {
  return sequence(oid(contentType), explicit(0, content));
}

/** Runs a reader and names what it finds broken after the structure instead of the encoding. */
export function readingCms<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof SmimeError && error.code === "malformed.asn1") {
      throw new SmimeError("malformed.cms", error.context, { cause: error });
    }
    throw error;
  }
}

/** Writes a SET OF whose elements are encoded and sorted already, or need no order. */
export function unsortedSet(elements: readonly Uint8Array[], tag: number = Tag.Set): Der {
  return constructed(tag, ...elements.map(encoded));
}
