import { isObject, objectsAt, requireType, type JsonObject } from "../json.ts";
import { itemIdJson } from "../item-json.ts";
import { dispositionOf, targetFolder, type Action } from "./action.ts";
import { composedOf } from "./message-fields.ts";

/** Saves or sends. The answer to a sent message holds no item id (createitem.md). */
export const createItem: Action = (body, context) => {
  const disposition = dispositionOf(body);
  const folder = targetFolder(body);
  return objectsAt(body, "Items").map((message) => () => {
    requireType(message, "Message");
    const { envelope, content } = composedOf(message, context);
    if (disposition !== "SaveOnly") {
      context.office.send(context.mailbox, envelope, content);
      return { Items: [] };
    }
    const isDraft = !hasSentFlag(message);
    const saved = context.mailbox.add({ folder: folder ?? "drafts", envelope, content, isDraft, isRead: true });
    return { Items: [{ __type: "Message:#Exchange", ItemId: itemIdJson(saved) }] };
  });
};

/** PidTagMessageFlags (0x0E07) without its unsent bit: an imported message that is no draft. */
function hasSentFlag(message: JsonObject): boolean {
  return objectsAt(message, "ExtendedProperty").some((property) => {
    const uri = property["ExtendedFieldURI"];
    return isObject(uri) && uri["PropertyTag"] === "0x0E07" && (Number(property["Value"]) & 8) === 0;
  });
}
