import { objectAt, objectsAt, optionalText, requireType, textAt } from "../json.ts";
import { itemIdJson } from "../item-json.ts";
import { ServiceError } from "../service-error.ts";
import { dispositionOf, itemById, type Action } from "./action.ts";
import { changeOf, type Composed } from "./message-fields.ts";

/** Changes a draft, and sends it where the disposition says so; a sent draft is gone from Drafts. */
export const updateItem: Action = (body, context) => {
  const disposition = dispositionOf(body);
  const isOverwriting = body["ConflictResolution"] === "AlwaysOverwrite";
  return objectsAt(body, "ItemChanges").map((change) => () => {
    const reference = objectAt(change, "ItemId");
    const item = itemById(context, reference);
    const changeKey = optionalText(reference, "ChangeKey");
    if (!isOverwriting && changeKey !== undefined && changeKey !== item.changeKey) {
      throw new ServiceError("ErrorIrresolvableConflict", "The item was changed by somebody else.");
    }
    let composed: Composed = item;
    for (const update of objectsAt(change, "Updates")) {
      requireType(update, "SetItemField");
      const path = objectAt(update, "Path");
      requireType(path, "PropertyUri");
      composed = changeOf(textAt(path, "FieldURI"), objectAt(update, "Item"), composed);
    }
    if (disposition === "SaveOnly") {
      const { envelope, content } = composed;
      const changed = context.mailbox.change(item.id, { envelope, content });
      return { Items: [{ __type: "Message:#Exchange", ItemId: itemIdJson(changed ?? item) }] };
    }
    if (!item.isDraft) throw new ServiceError("ErrorItemSave", "Only a draft can be sent.");
    context.office.send(context.mailbox, { ...composed.envelope, sentAt: new Date() }, composed.content);
    context.mailbox.remove(item.id);
    return { Items: [] };
  });
};
