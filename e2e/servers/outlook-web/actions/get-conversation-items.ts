import { objectAt, objectsAt, requireType, textAt } from "../json.ts";
import { itemJson } from "../item-json.ts";
import { ServiceError } from "../service-error.ts";
import { shapeOf, type Action } from "./action.ts";

/** The messages of conversations, oldest first, one a node. */
export const getConversationItems: Action = (body, { mailbox }) => {
  const shape = shapeOf(objectAt(body, "ItemShape"));
  return objectsAt(body, "Conversations").map((request) => () => {
    const reference = objectAt(request, "ConversationId");
    requireType(reference, "ItemId");
    const items = mailbox.conversation(textAt(reference, "Id"));
    if (items.length === 0) throw new ServiceError("ErrorItemNotFound", "The conversation was not found.");
    return {
      Conversation: {
        ConversationId: reference,
        ConversationNodes: items.map((item) => ({
          InternetMessageId: item.envelope.messageId,
          Items: [itemJson(item, { ...shape, isMimeWanted: false })],
        })),
      },
    };
  });
};
