import { sameAddress, type Mailbox } from "./mime/addresses.ts";
import { ServiceError } from "./service-error.ts";
import { mimeOf, type Envelope } from "./store/item.ts";
import { createMailbox, type MailboxStore, type NewItem } from "./store/mailbox.ts";

export interface User {
  readonly name: string;
  readonly email: string;
  /** Addresses of other mailboxes that this user may open. */
  readonly shared?: readonly string[];
}

/** Mail that left for an address that has no mailbox here. */
export interface OutboundMessage {
  readonly to: readonly string[];
  readonly mime: Buffer;
}

export interface PostOffice {
  readonly users: readonly User[];
  readonly outbound: readonly OutboundMessage[];
  readonly mailbox: (email: string) => MailboxStore | undefined;
  /** Delivers a message and keeps a copy, which has no id that the sender is told (createitem.md). */
  readonly send: (from: MailboxStore, envelope: Envelope, content: NewItem["content"]) => void;
}

export function createPostOffice(users: readonly User[]): PostOffice {
  const stores = new Map(users.map(({ email, name }) => [email.toLowerCase(), createMailbox(email, name)]));
  const outbound: OutboundMessage[] = [];
  const mailbox = (email: string): MailboxStore | undefined => stores.get(email.toLowerCase());
  return {
    users,
    outbound,
    mailbox,
    send: (from, given, content) => {
      const recipients: readonly Mailbox[] = [...given.to, ...given.cc, ...given.bcc];
      if (recipients.length === 0) {
        throw new ServiceError("ErrorInvalidRecipients", "At least one recipient isn't valid.");
      }
      if (given.from !== null && !sameAddress(given.from.email, from.email)) {
        throw new ServiceError("ErrorSendAsDenied", "You don't have permission to send as this sender.");
      }
      const envelope = { ...given, from: given.from ?? { name: from.name, email: from.email } };
      const copy = from.add({ folder: "sentitems", envelope, content, isRead: true });
      const addresses = new Set(recipients.map(({ email }) => email.toLowerCase()));
      const external: string[] = [];
      for (const address of addresses) {
        const store = mailbox(address);
        if (store === undefined) external.push(address);
        else store.add({ folder: "inbox", envelope: { ...envelope, bcc: [] }, content });
      }
      if (external.length > 0) outbound.push({ to: external, mime: mimeOf(copy) });
    },
  };
}
