import { toHex } from "../../engine/bytes/hex.ts";
import { concatBytes } from "../../engine/bytes/concat.ts";
import { latin1Bytes } from "../../engine/bytes/text.ts";
import type { Entity } from "../../engine/mime/entity.ts";
import { walkEntities } from "../../engine/mime/entity.ts";
import { fieldValue } from "../../engine/mime/header-field.ts";
import { writeAddresses, writeUnstructured } from "../../engine/mime/header-writer.ts";
import { parseMessage } from "../../engine/mime/parse.ts";
import { decodeTransfer } from "../../engine/mime/transfer-encoding.ts";
import {
  writeEntity,
  type FileDescription,
  type MessageDescription,
  type PartDescription,
} from "../../engine/mime/writer.ts";
import type { ShownDraft } from "../../messages/frame-requests.ts";
import { htmlPart } from "./inline-pictures.ts";

/** What the server's copy of a draft brings that the page does not show: files, and what it answers. */
export interface DraftSource {
  readonly files: readonly FileDescription[];
  readonly inReplyTo: string | null;
  readonly references: string | null;
}

/** What is written beside the words. */
type WrittenSource = Omit<DraftSource, "files"> & { readonly files: readonly (FileDescription | MessageDescription)[] };

const MESSAGE_IDS = /^(?:\s*<[^<>\s]{1,250}>)+\s*$/;

/** Message-IDs and nothing else: what stands there was written by others. */
function messageIds(entity: Entity, name: string): string | null {
  const value = fieldValue(entity, name);
  return value !== null && MESSAGE_IDS.test(value) ? value.trim().replace(/\s+/g, " ") : null;
}

/** @throws {SmimeError} `malformed.mime`, `limit.exceeded` */
export function readDraftSource(source: Uint8Array): DraftSource {
  const message = parseMessage(source);
  const files: FileDescription[] = [];
  for (const entity of walkEntities(message)) {
    const { filename, type } = entity.disposition;
    if (entity.children.length > 0 || (filename === null && type !== "attachment")) continue;
    files.push({
      kind: "file",
      type: entity.contentType.type,
      content: decodeTransfer(entity),
      disposition: "attachment",
      filename,
    });
  }
  return { files, inReplyTo: messageIds(message, "In-Reply-To"), references: messageIds(message, "References") };
}

export interface WrittenMessage {
  /** RFC 5322, CRLF, without Bcc. */
  readonly bytes: Uint8Array;
  /** With angle brackets. */
  readonly messageId: string;
}

/** A new Message-ID in the sender's domain (RFC 5322 section 3.6.4), with angle brackets. */
export const messageIdOf = (from: string): string =>
  `<${toHex(crypto.getRandomValues(new Uint8Array(16)))}@${from.slice(from.lastIndexOf("@") + 1)}>`;

const mailboxes = (addresses: readonly string[]): { name: string; address: string }[] =>
  addresses.map((address) => ({ name: "", address }));

/** What was written, in words and, where it has a form, as HTML with its pictures. */
export function textPart({ text, html, from }: Pick<ShownDraft, "text" | "html" | "from">): PartDescription {
  const plain: PartDescription = { kind: "text", type: "text/plain", text };
  if (html === "") return plain;
  return { kind: "multipart", subtype: "alternative", parts: [plain, htmlPart(html, from)] };
}

/**
 * The message that the person saw, and nothing else: who it is from and to, subject, text and files.
 *
 * @throws {SmimeError} `malformed.address` for a recipient that is none
 */
export function writeMessage(
  draft: ShownDraft,
  { files, inReplyTo, references }: WrittenSource,
  at: Date,
): WrittenMessage {
  const messageId = messageIdOf(draft.from);
  // Only to be checked: Bcc stands beside the message and never in it.
  writeAddresses("Bcc", mailboxes(draft.bcc));
  const fields = [
    writeAddresses("From", mailboxes([draft.from])),
    ...(draft.to.length > 0 ? [writeAddresses("To", mailboxes(draft.to))] : []),
    ...(draft.cc.length > 0 ? [writeAddresses("Cc", mailboxes(draft.cc))] : []),
    writeUnstructured("Subject", draft.subject),
    writeUnstructured("Date", at.toUTCString().replace("GMT", "+0000")),
    writeUnstructured("Message-ID", messageId),
    ...(inReplyTo === null ? [] : [writeUnstructured("In-Reply-To", inReplyTo)]),
    ...(references === null ? [] : [writeUnstructured("References", references)]),
    writeUnstructured("MIME-Version", "1.0"),
  ];
  const text = textPart(draft);
  const entity = writeEntity(
    files.length === 0 ? text : { kind: "multipart", subtype: "mixed", parts: [text, ...files] },
  );
  return { bytes: concatBytes(latin1Bytes(fields.join("")), entity), messageId };
}

/** The CMS octets of a protected message: what must come back unchanged, whatever a server does to the rest. */
export function cmsOf(message: Uint8Array): Uint8Array {
  const entity = parseMessage(message);
  const signature = entity.contentType.type === "multipart/signed" ? entity.children[1] : entity;
  return signature === undefined ? new Uint8Array(0) : decodeTransfer(signature);
}
