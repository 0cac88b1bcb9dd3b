import type { ContentType, Disposition } from "./content-type.ts";
import type { HeaderField } from "./header-field.ts";

/** MIME entity (RFC 2045 section 2.4): header, empty line, body. All byte strings are views of the parsed input. */
export interface Entity {
  /**
   * The whole entity: header, empty line, body, without the line end before the boundary that follows. These are the
   * bytes that a multipart/signed signature covers (RFC 1847 section 2.1), before canonical line ends.
   */
  readonly bytes: Uint8Array;
  /** The fields with their line ends, without the empty line. */
  readonly headerBytes: Uint8Array;
  readonly header: readonly HeaderField[];
  readonly body: Uint8Array;
  /** Of the first Content-Type field; text/plain, or message/rfc822 in a digest, where it is missing or unreadable. */
  readonly contentType: ContentType;
  /** Of the first Content-Transfer-Encoding field, lower case; `7bit` where it is missing. */
  readonly transferEncoding: string;
  readonly disposition: Disposition;
  /** Parts of a multipart; of message/rfc822 the one embedded message. */
  readonly children: readonly Entity[];
  /**
   * Part number as in IMAP (RFC 3501 section 6.4.5): "" for a multipart at the root, else "1"; "2.1" inside "2". An
   * embedded message that is a multipart has the number of the message/rfc822 around it.
   */
  readonly path: string;
  /** What stands before the first and after the last boundary of a multipart: no part of the message. */
  readonly preamble: Uint8Array;
  readonly epilogue: Uint8Array;
}

/** The entity and all inside it, in document order. */
export function* walkEntities(entity: Entity): Generator<Entity> {
  yield entity;
  for (const child of entity.children) yield* walkEntities(child);
}

/** Whether the entity is a multipart by its type (RFC 2046 section 5.1), with or without readable parts. */
export function isMultipart(entity: Entity): boolean {
  return entity.contentType.type.startsWith("multipart/");
}

/** message/rfc822 and its internationalised form (RFC 2046 section 5.2.1, RFC 6532 section 3.7). */
export function isEmbeddedMessage(contentType: ContentType): boolean {
  return contentType.type === "message/rfc822" || contentType.type === "message/global";
}
