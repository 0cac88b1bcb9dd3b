import { latin1Text } from "../bytes/text.ts";
import { type Mailbox, parseAddresses } from "./address.ts";
import { fields, type HeaderField, type HeaderOwner } from "./header-field.ts";

/** A mailbox whose address was read. */
export type KnownMailbox = Mailbox & { readonly address: string; readonly localPart: string; readonly domain: string };

/** What an originator field says (RFC 5322 section 3.6.2). Never a guess: one doubtful address spoils the whole. */
export type Originator =
  /** All mailboxes of all fields of that name, at least one. */
  | { readonly status: "present"; readonly mailboxes: readonly KnownMailbox[]; readonly fieldCount: number }
  | { readonly status: "missing" }
  /** The raw text of the fields, for a details panel; to be made harmless before it is shown. */
  | { readonly status: "malformed"; readonly values: readonly string[] };

function isKnown(mailbox: Mailbox): mailbox is KnownMailbox {
  return mailbox.address !== null;
}

/** A CR that ends no line here, and does so in readers that take each CR for a line end. */
const LONE_CR = /\r(?!\n)/u;

/**
 * Something that is no header field of the name and yet begins like one, with control or other characters in or before
 * the name, or behind a lone CR inside another field: some other reader will take it for that field.
 */
function imitates({ name: ownName, raw }: HeaderField, name: string): boolean {
  const [first = "", ...hidden] = latin1Text(raw).split(LONE_CR);
  return (ownName.toLowerCase() !== name && beginsLike(first, name)) || hidden.some((line) => beginsLike(line, name));
}

/** No reader takes more than this for the name of a field. */
const LONGEST_NAME = 256;

function beginsLike(line: string, name: string): boolean {
  const colon = line.indexOf(":");
  return (
    colon >= 0 &&
    colon < LONGEST_NAME &&
    line
      .slice(0, colon)
      .replace(/[^a-z0-9-]/giu, "")
      .toLowerCase() === name
  );
}

/**
 * The originator addresses of a message. Several fields of one name are forbidden (RFC 5322 section 3.6) and appear in
 * attacks (attack 19): all of their mailboxes are returned, and all must be the signer's.
 * @throws SmimeError limit.exceeded
 */
export function originator(owner: HeaderOwner, name: "from" | "sender" | "reply-to"): Originator {
  const found = fields(owner, name);
  const imitations = owner.header.filter((field) => imitates(field, name));
  const values = [...found, ...imitations].map((field) => field.value);
  if (values.length === 0) return { status: "missing" };
  const lists = found.map((field) => parseAddresses(field.value));
  const mailboxes = lists.flatMap((list) => list.mailboxes);
  const known = mailboxes.filter(isKnown);
  const doubtful = imitations.length > 0 || lists.some((list) => list.malformed || list.mailboxes.length === 0);
  if (doubtful || known.length !== mailboxes.length) return { status: "malformed", values };
  return { status: "present", mailboxes: known, fieldCount: found.length };
}
