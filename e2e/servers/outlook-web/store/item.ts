import { randomBytes } from "node:crypto";
import { parseMailboxes, printMailboxes, type Mailbox } from "../mime/addresses.ts";
import { decodeWords, encodeWords, field, splitEntity } from "../mime/fields.ts";
import { storeContent, type StoredContent } from "./smime-class.ts";

export type FolderName = "inbox" | "drafts" | "sentitems" | "deleteditems";
export const FOLDERS: readonly FolderName[] = ["inbox", "drafts", "sentitems", "deleteditems"];

/** The properties of a message that stand in its outer header. */
export interface Envelope {
  readonly subject: string;
  readonly from: Mailbox | null;
  readonly to: readonly Mailbox[];
  readonly cc: readonly Mailbox[];
  readonly bcc: readonly Mailbox[];
  readonly messageId: string;
  readonly inReplyTo: string | null;
  readonly references: string | null;
  readonly sentAt: Date;
}

export interface Item {
  readonly id: string;
  readonly changeKey: string;
  readonly folder: FolderName;
  readonly conversationId: string;
  readonly envelope: Envelope;
  readonly content: StoredContent;
  readonly attachmentIds: readonly string[];
  readonly receivedAt: Date;
  readonly isRead: boolean;
  readonly isDraft: boolean;
}

/** Base64 with its three special characters, as Exchange's identifiers have: a client that forgets to quote them fails. */
export const newId = (prefix: "AAMk" | "AAQk" | "CQAA"): string => {
  const text = randomBytes(42).toString("base64");
  return `${prefix}${text.slice(4, 20)}/${text.slice(21, 40)}+${text.slice(41, -1)}=`;
};

export function envelopeOf(mime: Buffer, host: string): Envelope {
  const { fields } = splitEntity(mime);
  const date = new Date(field(fields, "Date") ?? "");
  const from = parseMailboxes(field(fields, "From"))[0];
  return {
    subject: decodeWords(field(fields, "Subject") ?? ""),
    from: from ?? null,
    to: parseMailboxes(field(fields, "To")),
    cc: parseMailboxes(field(fields, "Cc")),
    bcc: parseMailboxes(field(fields, "Bcc")),
    messageId: field(fields, "Message-ID") ?? newMessageId(host),
    inReplyTo: field(fields, "In-Reply-To") ?? null,
    references: field(fields, "References") ?? null,
    sentAt: Number.isNaN(date.getTime()) ? new Date() : date,
  };
}

export const newMessageId = (host: string): string => `<${randomBytes(12).toString("hex")}@${host}>`;

export const takeMime = (mime: Buffer): StoredContent => storeContent(mime);

/** A message as it leaves the store: the outer header is written anew from the properties, Bcc never is. */
export function mimeOf({ envelope, content }: Item): Buffer {
  const { subject, from, to, cc, messageId, inReplyTo, references, sentAt } = envelope;
  const lines = [
    ...(from === null ? [] : [`From: ${printMailboxes([from])}`]),
    ...(to.length === 0 ? [] : [`To: ${printMailboxes(to)}`]),
    ...(cc.length === 0 ? [] : [`Cc: ${printMailboxes(cc)}`]),
    `Subject: ${encodeWords(subject)}`,
    `Date: ${sentAt.toUTCString().replace("GMT", "+0000")}`,
    `Message-ID: ${messageId}`,
    ...(references === null ? [] : [`References: ${references.replace(/\s+/g, "\r\n ")}`]),
    ...(inReplyTo === null ? [] : [`In-Reply-To: ${inReplyTo}`]),
    "Content-Language: en-US",
    "X-MS-Has-Attach:",
    "MIME-Version: 1.0",
  ];
  return Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n`), content.entity()]);
}
