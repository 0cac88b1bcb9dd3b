import { isObject, objectAt, objectsAt, optionalText, textAt, type Json, type JsonObject } from "../json.ts";
import type { Mailbox } from "../mime/addresses.ts";
import type { Body } from "../mime/parts.ts";
import { writeEntity } from "../mime/write.ts";
import { ServiceError } from "../service-error.ts";
import { envelopeOf, newMessageId, takeMime, type Envelope } from "../store/item.ts";
import type { StoredContent, StoredFile } from "../store/smime-class.ts";
import type { ActionContext } from "./action.ts";

export interface Composed {
  readonly envelope: Envelope;
  readonly content: StoredContent;
}

const mailboxOf = (value: JsonObject): Mailbox => {
  const email = textAt(value, "EmailAddress");
  return { name: optionalText(value, "Name") ?? email, email };
};

export const mailboxesAt = (message: JsonObject, name: string): Mailbox[] => objectsAt(message, name).map(mailboxOf);

function fromOf(message: JsonObject): Mailbox | null {
  return isObject(message["From"]) ? mailboxOf(objectAt(objectAt(message, "From"), "Mailbox")) : null;
}

function mimeContent(message: JsonObject, { maxMessageBytes }: ActionContext): Buffer {
  // A bare string is what one client sends and another not; nothing says that Exchange takes it (README).
  const value = textAt(objectAt(message, "MimeContent"), "Value");
  if (!/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(value)) {
    throw new ServiceError("ErrorMimeContentInvalidBase64String", "The MIME content isn't valid base64.");
  }
  const bytes = Buffer.from(value, "base64");
  if (bytes.length > maxMessageBytes) {
    throw new ServiceError("ErrorMessageSizeExceeded", "The message exceeds the maximum supported size.");
  }
  if (!/^[!-9;-~]+[ \t]*:/.test(bytes.subarray(0, 200).toString("latin1"))) {
    throw new ServiceError("ErrorMimeContentInvalid", "The MIME content is invalid.");
  }
  return bytes;
}

export function composedContent(body: Body | null, files: readonly StoredFile[]): StoredContent {
  return { itemClass: "IPM.Note", body, files, entity: () => writeEntity(body, files) };
}

const bodyAt = (value: Json | undefined): Body | null =>
  isObject(value) ? { type: value["BodyType"] === "HTML" ? "HTML" : "Text", value: textAt(value, "Value") } : null;

/** A message as CreateItem brings it: MIME with properties beside it, or properties alone. */
export function composedOf(message: JsonObject, context: ActionContext): Composed {
  const { mailbox } = context;
  const host = mailbox.email.split("@")[1] ?? "localhost";
  if (message["MimeContent"] !== undefined) {
    const mime = mimeContent(message, context);
    const envelope = envelopeOf(mime, host);
    const given = mailboxesAt(message, "BccRecipients");
    return {
      envelope: { ...envelope, from: fromOf(message) ?? envelope.from, bcc: [...envelope.bcc, ...given] },
      content: takeMime(mime),
    };
  }
  return {
    envelope: {
      subject: optionalText(message, "Subject") ?? "",
      from: fromOf(message) ?? { name: mailbox.name, email: mailbox.email },
      to: mailboxesAt(message, "ToRecipients"),
      cc: mailboxesAt(message, "CcRecipients"),
      bcc: mailboxesAt(message, "BccRecipients"),
      messageId: newMessageId(host),
      inReplyTo: optionalText(message, "InReplyTo") ?? null,
      references: optionalText(message, "References") ?? null,
      sentAt: new Date(),
    },
    content: composedContent(bodyAt(message["Body"]), []),
  };
}

/** What one SetItemField of an update changes; the properties that the page saves by timer, and no others. */
export function changeOf(uri: string, message: JsonObject, { envelope, content }: Composed): Composed {
  const set = (changes: Partial<Envelope>): Composed => ({ envelope: { ...envelope, ...changes }, content });
  switch (uri) {
    case "item:Subject":
      return set({ subject: optionalText(message, "Subject") ?? "" });
    case "message:ToRecipients":
      return set({ to: mailboxesAt(message, "ToRecipients") });
    case "message:CcRecipients":
      return set({ cc: mailboxesAt(message, "CcRecipients") });
    case "message:BccRecipients":
      return set({ bcc: mailboxesAt(message, "BccRecipients") });
    case "item:Body":
      if (content.itemClass !== "IPM.Note") {
        throw new ServiceError("ErrorInvalidPropertySet", "The body of a message that came as S/MIME cannot be set");
      }
      return { envelope, content: composedContent(bodyAt(message["Body"]), content.files) };
    default:
      throw new ServiceError("ErrorInvalidPropertySet", `Property ${uri} cannot be set`);
  }
}
