import { objectsAt } from "../json.ts";
import { ServiceError } from "../service-error.ts";
import { itemById, type Action } from "./action.ts";

export const deleteItem: Action = (body, context) => {
  const type = body["DeleteType"];
  if (type !== "MoveToDeletedItems" && type !== "HardDelete") {
    throw new ServiceError("ErrorSchemaValidation", "DeleteType is MoveToDeletedItems or HardDelete");
  }
  return objectsAt(body, "ItemIds").map((reference) => () => {
    const { id } = itemById(context, reference);
    if (type === "HardDelete") context.mailbox.remove(id);
    else context.mailbox.move(id, "deleteditems");
    return {};
  });
};
