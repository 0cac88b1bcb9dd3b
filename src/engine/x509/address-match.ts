import type { SenderDifference, SenderVerdict } from "../verdicts.ts";
import { type Mailbox, parseMailbox } from "./mailbox.ts";

/** Addresses (addr-spec) of the mailboxes in a From field, display names aside. */
export type FromAddresses = readonly string[] | "missing" | "malformed";

export interface SenderQuestion {
  /** Of the signer's certificate, by `certificateEmails`. */
  readonly certificateEmails: readonly string[];
  /** Addresses that a person has linked with the certificate; none by default. */
  readonly linked?: readonly string[];
  /** Of the message's own header. */
  readonly from: FromAddresses;
  /** The address in Sender; `null` where there is none. */
  readonly sender: string | null;
  /** Of the header inside the protection (RFC 9788); `null` where none is protected. */
  readonly protectedFrom: FromAddresses | null;
}

/**
 * Whether the certificate names whom the message says it is from (RFC 8550 section 3): every mailbox of From, outside
 * and protected. Local parts are compared exactly; a difference in ASCII capitals only is accepted and said, since
 * no provider tells them apart. Domains are compared as IDNA has them (RFC 9598 section 5). Sender never helps.
 */
export function matchSender(question: SenderQuestion): SenderVerdict {
  const { certificateEmails, linked = [], from, sender, protectedFrom } = question;
  const outer = readFrom(from);
  const inner = protectedFrom === null ? outer : readFrom(protectedFrom);
  if (typeof outer === "string") return { status: "no-address", reason: outer };
  if (typeof inner === "string") return { status: "no-address", reason: inner };
  const certified = new AddressSet(readMailboxes(certificateEmails));
  if (isLinked([...outer, ...inner], certified, readMailboxes(linked)) && isSameFrom(outer, inner)) {
    return { status: "matches", reason: "linked" };
  }
  if (certified.size === 0) return { status: "no-address", reason: "certificate-has-no-address" };
  // The protected From is what the signer wrote: where it is not the signer's, the outer one explains nothing.
  const reason = difference(inner, certified, sender) ?? (isSameFrom(outer, inner) ? null : "protected-from-differs");
  if (reason) return { status: "differs", reason };
  const isExact = [...outer, ...inner].every((mailbox) => certified.hasExactly(mailbox));
  return { status: "matches", reason: isExact ? null : "local-part-case" };
}

function readFrom(from: FromAddresses): readonly Mailbox[] | "from-missing" | "from-malformed" {
  if (from === "missing" || from.length === 0) return "from-missing";
  if (from === "malformed") return "from-malformed";
  const mailboxes = readMailboxes(from);
  return mailboxes.length === from.length ? mailboxes : "from-malformed";
}

function readMailboxes(addresses: readonly string[]): readonly Mailbox[] {
  return addresses.map(parseMailbox).filter((mailbox) => mailbox !== null);
}

/** Whether a person's links, letter for letter, explain every mailbox that the certificate does not name. */
function isLinked(from: readonly Mailbox[], certified: AddressSet, linked: readonly Mailbox[]): boolean {
  const links = new AddressSet(linked);
  const others = from.filter((mailbox) => !certified.has(mailbox));
  return others.length > 0 && others.every((mailbox) => links.hasExactly(mailbox));
}

/** Why not every mailbox of From is the certificate's; `null` where every one is. */
function difference(from: readonly Mailbox[], certified: AddressSet, sender: string | null): SenderDifference | null {
  const named = from.filter((mailbox) => certified.has(mailbox)).length;
  if (named === from.length) return null;
  if (named > 0) return "not-every-from-matches";
  const senderMailbox = sender === null ? null : parseMailbox(sender);
  return senderMailbox && certified.has(senderMailbox) ? "only-sender-matches" : "other-address";
}

/** RFC 9788 section 4.4: the same addresses, in whatever order. */
function isSameFrom(outer: readonly Mailbox[], inner: readonly Mailbox[]): boolean {
  const outerSet = new AddressSet(outer);
  const innerSet = new AddressSet(inner);
  return outer.every((mailbox) => innerSet.has(mailbox)) && inner.every((mailbox) => outerSet.has(mailbox));
}

/** Addresses to look up exactly, and with ASCII capitals in the local part taken for small letters. */
class AddressSet {
  readonly #exact: ReadonlySet<string>;
  readonly #folded: ReadonlySet<string>;

  constructor(mailboxes: readonly Mailbox[]) {
    this.#exact = new Set(mailboxes.map(toText));
    this.#folded = new Set(mailboxes.map((mailbox) => foldAscii(toText(mailbox))));
  }

  get size(): number {
    return this.#exact.size;
  }

  has(mailbox: Mailbox): boolean {
    return this.#folded.has(foldAscii(toText(mailbox)));
  }

  hasExactly(mailbox: Mailbox): boolean {
    return this.#exact.has(toText(mailbox));
  }
}

/** Unambiguous, since a domain has no `@`. */
function toText({ localPart, domain }: Mailbox): string {
  return `${localPart}@${domain}`;
}

/** ASCII only: other letters have pairs that look alike and are not the same. */
function foldAscii(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
