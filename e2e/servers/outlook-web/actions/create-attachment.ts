import { objectAt, objectsAt, requireType, textAt, optionalText } from "../json.ts";
import { itemById, type Action } from "./action.ts";
import { composedContent } from "./message-fields.ts";
import type { StoredFile } from "../store/smime-class.ts";

/** Adds files to a draft. */
export const createAttachment: Action = (body, context) => {
  const parent = objectAt(body, "ParentItemId");
  return objectsAt(body, "Attachments").map((attachment) => () => {
    requireType(attachment, "FileAttachment");
    const item = itemById(context, parent);
    const file: StoredFile = {
      name: textAt(attachment, "Name"),
      contentType: optionalText(attachment, "ContentType") ?? "application/octet-stream",
      content: Buffer.from(textAt(attachment, "Content"), "base64"),
      isInline: attachment["IsInline"] === true,
    };
    const content = composedContent(item.content.body, [...item.content.files, file]);
    const changed = context.mailbox.change(item.id, { content });
    const id = changed?.attachmentIds.at(-1) ?? "";
    return { Attachments: [{ __type: "FileAttachment:#Exchange", AttachmentId: { Id: id } }] };
  });
};
