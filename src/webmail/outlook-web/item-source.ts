import type { SourceReply } from "../../messages/content-requests.ts";
import { at, getConversationItems, getItem, objectsIn } from "./envelope.ts";
import type { Service } from "./service.ts";

const unexpected: SourceReply = { ok: false, reason: "refused", text: "" };

/** The RFC 5322 octets of an item. Outer header fields may be written anew by the server; inner bytes are kept. */
export async function fetchItemSource(service: Service, id: string): Promise<SourceReply> {
  const result = await service("GetItem", getItem(id, "mime"));
  if (!result.ok) return { ok: false, reason: result.reason, text: result.text };
  const value = at(result.message, "Items.0.MimeContent.Value") ?? at(result.message, "Items.0.MimeContent");
  if (typeof value !== "string" || value === "") return unexpected;
  const bytes = fromBase64(value);
  return bytes === null ? unexpected : { ok: true, source: new Blob([bytes]) };
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.fromBase64(text);
  } catch {
    return null;
  }
}

export interface ItemState {
  readonly isDraft: boolean;
  readonly conversationId: string | null;
}

/** What the server says of an item; `not-found` once a draft has been sent, since it moves and is renamed. */
export async function fetchItemState(service: Service, id: string): Promise<ItemState | "not-found" | "not-known"> {
  const result = await service("GetItem", getItem(id, "state"));
  if (!result.ok) return result.reason === "not-found" ? "not-found" : "not-known";
  const conversationId = at(result.message, "Items.0.ConversationId.Id");
  return {
    isDraft: at(result.message, "Items.0.IsDraft") !== false,
    conversationId: typeof conversationId === "string" ? conversationId : null,
  };
}

const isItemId = (value: unknown): value is string => typeof value === "string" && value !== "";

/** The item of a conversation with this Message-ID that is no draft: what was sent. */
export async function findSentItem(
  service: Service,
  conversationId: string,
  messageId: string,
): Promise<string | null> {
  const result = await service("GetConversationItems", getConversationItems(conversationId));
  if (!result.ok) return null;
  for (const item of objectsIn(result.message)) {
    if (item["InternetMessageId"] !== messageId || item["IsDraft"] === true) continue;
    const id = at(item, "ItemId.Id");
    if (isItemId(id)) return id;
  }
  return null;
}

/** The items of a conversation in its order. */
export async function conversationItemIds(service: Service, conversationId: string): Promise<readonly string[]> {
  const result = await service("GetConversationItems", getConversationItems(conversationId));
  if (!result.ok) return [];
  const ids: string[] = [];
  for (const item of objectsIn(result.message)) {
    const id = at(item, "ItemId.Id");
    if (isItemId(id) && item["IsDraft"] !== true && !ids.includes(id)) ids.push(id);
  }
  return ids;
}
