import type { Mailbox } from "./mime/addresses.ts";
import type { Json, JsonObject } from "./json.ts";
import { mimeOf, type Item } from "./store/item.ts";

const mailboxJson = ({ name, email }: Mailbox): JsonObject => ({
  Name: name,
  EmailAddress: email,
  RoutingType: "SMTP",
});
const typed = (type: string, members: JsonObject): JsonObject => ({ __type: `${type}:#Exchange`, ...members });

export const itemIdJson = ({ id, changeKey }: Item): JsonObject => typed("ItemId", { Id: id, ChangeKey: changeKey });

export function attachmentsJson({ content, attachmentIds }: Item): readonly Json[] {
  return content.files.map(({ name, contentType, content: { length }, isInline }, index) =>
    typed("FileAttachment", {
      AttachmentId: typed("AttachmentId", { Id: attachmentIds[index] ?? "" }),
      Name: name,
      ContentType: contentType,
      Size: length,
      IsInline: isInline,
    }),
  );
}

const preview = (item: Item): string =>
  (item.content.body?.value ?? "")
    .replace(/<(style|script)\b[\s\S]*?<\/\1>|<[^>]*>/gi, " ")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, 120);

/** Each property by its FieldURI: the member's name in JSON, and its value; undefined where the item has none. */
const PROPERTIES: Readonly<Record<string, readonly [name: string, value: (item: Item) => Json | undefined]>> = {
  "item:ItemClass": ["ItemClass", ({ content }) => content.itemClass],
  "item:Subject": ["Subject", ({ envelope }) => envelope.subject],
  "item:Size": ["Size", (item) => mimeOf(item).length],
  "item:DateTimeReceived": ["DateTimeReceived", ({ receivedAt }) => receivedAt.toISOString()],
  "item:DateTimeSent": ["DateTimeSent", ({ envelope }) => envelope.sentAt.toISOString()],
  "item:HasAttachments": ["HasAttachments", ({ content }) => content.files.some(({ isInline }) => !isInline)],
  "item:Attachments": ["Attachments", attachmentsJson],
  "item:Body": [
    "Body",
    ({ content: { body } }) => body && typed("BodyContentType", { BodyType: body.type, Value: body.value }),
  ],
  "item:Preview": ["Preview", preview],
  "item:ConversationId": ["ConversationId", ({ conversationId }) => typed("ItemId", { Id: conversationId })],
  "item:ParentFolderId": ["ParentFolderId", ({ folder }) => typed("FolderId", { Id: folder })],
  "item:IsDraft": ["IsDraft", ({ isDraft }) => isDraft],
  "item:InReplyTo": ["InReplyTo", ({ envelope }) => envelope.inReplyTo ?? undefined],
  "message:References": ["References", ({ envelope }) => envelope.references ?? undefined],
  "message:InternetMessageId": ["InternetMessageId", ({ envelope }) => envelope.messageId],
  "message:IsRead": ["IsRead", ({ isRead }) => isRead],
  "message:From": ["From", ({ envelope: { from } }) => (from === null ? undefined : { Mailbox: mailboxJson(from) })],
  "message:ToRecipients": ["ToRecipients", ({ envelope }) => envelope.to.map(mailboxJson)],
  "message:CcRecipients": ["CcRecipients", ({ envelope }) => envelope.cc.map(mailboxJson)],
  "message:BccRecipients": ["BccRecipients", ({ envelope }) => envelope.bcc.map(mailboxJson)],
};

/** What the base shape Default adds to the id. */
const DEFAULT_SHAPE = [
  ...["item:ItemClass", "item:Subject", "item:Size", "item:DateTimeReceived", "item:DateTimeSent"],
  ...["item:HasAttachments", "item:ConversationId", "item:IsDraft", "item:ParentFolderId", "message:IsRead"],
  ...["message:From", "message:ToRecipients", "message:CcRecipients", "message:InternetMessageId"],
];

export interface Shape {
  readonly base: "IdOnly" | "Default" | "AllProperties";
  readonly additional: readonly string[];
  readonly isMimeWanted: boolean;
}

export const isProperty = (uri: string): boolean => Object.hasOwn(PROPERTIES, uri);

export function itemJson(item: Item, { base, additional, isMimeWanted }: Shape): JsonObject {
  const wanted = base === "IdOnly" ? [] : base === "Default" ? DEFAULT_SHAPE : Object.keys(PROPERTIES);
  const members: Record<string, Json> = { ItemId: itemIdJson(item) };
  for (const uri of new Set([...wanted, ...additional])) {
    const [name = "", read] = PROPERTIES[uri] ?? [];
    const value = read?.(item);
    if (value !== undefined) members[name] = value;
  }
  // "Needed on Office 365": without the size asked for, the MIME content does not come (outlook-web.md 2.2).
  if (isMimeWanted && additional.includes("item:Size")) {
    members["MimeContent"] = { CharacterSet: "UTF-8", Value: mimeOf(item).toString("base64") };
  }
  return typed("Message", members);
}
