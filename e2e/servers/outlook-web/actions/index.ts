import type { Action } from "./action.ts";
import { createAttachment } from "./create-attachment.ts";
import { createItem } from "./create-item.ts";
import { deleteItem } from "./delete-item.ts";
import { findItem } from "./find-item.ts";
import { findPeople } from "./find-people.ts";
import { getConversationItems } from "./get-conversation-items.ts";
import { getItem } from "./get-item.ts";
import { updateItem } from "./update-item.ts";

export const ACTIONS: ReadonlyMap<string, Action> = new Map([
  ["GetItem", getItem],
  ["FindItem", findItem],
  ["GetConversationItems", getConversationItems],
  ["CreateItem", createItem],
  ["UpdateItem", updateItem],
  ["DeleteItem", deleteItem],
  ["CreateAttachment", createAttachment],
  ["FindPeople", findPeople],
]);
