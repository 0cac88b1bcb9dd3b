import { type Mailbox, parseAddresses } from "../mime/address.ts";
import { decodeEncodedWords } from "../mime/encoded-word.ts";
import { harmlessText } from "../mime/harmless-text.ts";
import { type HeaderField, type HeaderOwner, fieldValue, fields } from "../mime/header-field.ts";
import { originator } from "../mime/originator.ts";
import type { FromAddresses } from "../x509/address-match.ts";

/** What a banner shows of a header, and what decides who is meant to have sent a message. */
export interface MessageHeader {
  readonly from: readonly Mailbox[];
  readonly sender: readonly Mailbox[];
  readonly replyTo: readonly Mailbox[];
  readonly to: readonly Mailbox[];
  readonly cc: readonly Mailbox[];
  /** Decoded, in one harmless line; `null` where there is none. */
  readonly subject: string | null;
  /** `null` where there is none, or none that is a date. */
  readonly date: Date | null;
  /** From, as the verdict compares it. */
  readonly fromAddresses: FromAddresses;
}

export function readMessageHeader(owner: HeaderOwner): MessageHeader {
  const subject = fieldValue(owner, "Subject");
  return {
    from: addresses(owner, "From"),
    sender: addresses(owner, "Sender"),
    replyTo: addresses(owner, "Reply-To"),
    to: addresses(owner, "To"),
    cc: addresses(owner, "Cc"),
    subject: subject === null ? null : harmlessText(decodeEncodedWords(subject)),
    date: readDate(fieldValue(owner, "Date")),
    fromAddresses: fromAddresses(owner),
  };
}

function addresses(owner: HeaderOwner, name: string): readonly Mailbox[] {
  return fields(owner, name).flatMap((field) => parseAddresses(field.value).mailboxes);
}

function fromAddresses(owner: HeaderOwner): FromAddresses {
  const from = originator(owner, "from");
  return from.status === "present" ? from.mailboxes.map(({ address }) => address) : from.status;
}

/** RFC 5322 section 3.3, with the comments that programs add behind the zone. */
function readDate(value: string | null): Date | null {
  const time = Date.parse((value ?? "").replace(/\([^()]*\)/g, " ").trim());
  return Number.isNaN(time) ? null : new Date(time);
}

/** Fields that describe the MIME structure and not the message (RFC 9788 section 1.7: Structural Header Fields). */
export function isStructural({ name }: HeaderField): boolean {
  return /^(?:content-.*|mime-version)$/i.test(name);
}
