import { latin1Bytes } from "../bytes/text.ts";
import { canonicalLineEnds } from "./canonical.ts";
import type { HeaderField, HeaderOwner } from "./header-field.ts";

/** The header of a complete message, as S/MIME takes it apart (RFC 8551 section 3.1). */
export interface MessageFields {
  /** What stays outside: From, To, Subject, trace fields and all others, lines that are no fields included. */
  readonly outer: readonly HeaderField[];
  /** What describes the content and goes inside: Content-*. */
  readonly content: readonly HeaderField[];
}

/** Splits the fields of a message; MIME-Version belongs to neither, whoever writes a message writes it anew. */
export function splitFields(message: HeaderOwner): MessageFields {
  const outer: HeaderField[] = [];
  const content: HeaderField[] = [];
  for (const field of message.header) {
    const name = field.name.toLowerCase();
    if (name === "mime-version") continue;
    (name.startsWith("content-") ? content : outer).push(field);
  }
  return { outer, content };
}

/** The field as it was received, folding kept, with CRLF line ends and one at its end. */
export function fieldBytes(field: HeaderField): Uint8Array {
  const canonical = canonicalLineEnds(field.raw);
  if (canonical.at(-1) === 0x0a) return canonical;
  const ended = new Uint8Array(canonical.length + 2);
  ended.set(canonical);
  ended.set(latin1Bytes("\r\n"), canonical.length);
  return ended;
}
