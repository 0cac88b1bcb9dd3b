import { Tag } from "../asn1/tag.ts";
import { utf8Text } from "../bytes/text.ts";
import { asciiDomain } from "./domain.ts";
import type { GeneralName } from "./general-name.ts";

/** An address as it is compared: `Local-part "@" Domain` (RFC 5321 section 4.1.2). */
export interface Mailbox {
  /** Without the quotes of a quoted string, which do not count (RFC 5321 section 4.1.2). */
  readonly localPart: string;
  /** In lower case with A-labels, or an address literal in brackets. */
  readonly domain: string;
}

/** Octets of a path that a mail server has to take, brackets aside (RFC 5321 section 4.5.3.1.3). */
const MAX_ADDRESS_LENGTH = 254;

const QUOTED = /^"((?:[^"\\\p{Cc}]|\\[^\p{Cc}])*)"$/u;
/** RFC 5321's Dot-string with RFC 6531's letters; dots in odd places are let pass, as some carriers' addresses have. */
const DOT_STRING = /^[^\p{Cc}\p{Zl}\p{Zp}\ufeff\s"(),:;<>@[\\\]]+$/u;
const ADDRESS_LITERAL = /^\[[0-9a-z:.-]+\]$/i;

/**
 * Reads an address; `null` for what is none. Control characters, a null octet among them, are never part of one: a
 * reader that stopped at the null would see another address.
 */
export function parseMailbox(text: string): Mailbox | null {
  if (text.length > MAX_ADDRESS_LENGTH) return null;
  const at = text.lastIndexOf("@");
  if (at < 1) return null;
  const local = text.slice(0, at);
  const quoted = QUOTED.exec(local)?.[1];
  if (quoted === undefined && !DOT_STRING.test(local)) return null;
  const right = text.slice(at + 1);
  const domain = ADDRESS_LITERAL.test(right) ? right.toLowerCase() : asciiDomain(right);
  if (domain === null) return null;
  return { localPart: quoted === undefined ? local : quoted.replace(/\\(.)/gsu, "$1"), domain };
}

/** id-on-SmtpUTF8Mailbox (RFC 9598 section 3) */
export const SMTP_UTF8_MAILBOX = "1.3.6.1.5.5.7.8.9";

/**
 * Text of `SmtpUTF8Mailbox ::= UTF8String (SIZE (1..MAX))`; `null` for other names and what is no address. An address
 * whose local part is ASCII is an rfc822Name and nothing else (RFC 9598 section 3).
 */
export function smtpUtf8Mailbox(name: GeneralName): string | null {
  if (name.kind !== "otherName" || name.typeId !== SMTP_UTF8_MAILBOX || name.value.tag !== Tag.Utf8String) return null;
  const text = utf8Text(name.value.content);
  const mailbox = text === null ? null : parseMailbox(text);
  return mailbox && !isAscii(mailbox.localPart) ? text : null;
}

export function isAscii(text: string): boolean {
  return /^\p{ASCII}*$/u.test(text);
}
