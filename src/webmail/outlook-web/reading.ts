import type { SourceReply } from "../../messages/content-requests.ts";
import { theOne } from "../dom/selector.ts";
import { conversationItemIds, fetchItemSource } from "./item-source.ts";
import {
  itemIdInElement,
  itemIdInPath,
  MESSAGE_BODY,
  MESSAGE_PART,
  MESSAGE_SENDER,
  SELECTED_ROW,
} from "./selectors.ts";
import type { Service } from "./service.ts";

/** Which item a body belongs to, as far as the page says it. */
type ItemReference =
  | { readonly by: "id"; readonly id: string }
  /** The page names only the conversation: the item is the one in this place of it. */
  | { readonly by: "place"; readonly conversationId: string; readonly index: number; readonly count: number };

function senderId(body: Element): string | null {
  const part = body.closest(MESSAGE_PART);
  const sender = part && theOne(part, MESSAGE_SENDER);
  return sender && itemIdInElement(sender.id, "FROM");
}

function referenceOf(body: Element, bodies: readonly Element[], path: string): ItemReference | null {
  const own = senderId(body);
  if (own !== null) return { by: "id", id: own };
  const fromPath = itemIdInPath(path);
  if (bodies.length === 1 && fromPath !== null) return { by: "id", id: fromPath };
  const conversationId = theOne(body.ownerDocument, SELECTED_ROW)?.getAttribute("data-convid");
  if (conversationId === null || conversationId === undefined || conversationId === "") return null;
  return { by: "place", conversationId, index: bodies.indexOf(body), count: bodies.length };
}

/** The bodies on the page, each with the message that it belongs to. */
export function findMessages(document: Document, path: string): ReadonlyMap<Element, string> {
  const bodies = [...document.querySelectorAll(MESSAGE_BODY)].filter(
    (body) => body.parentElement?.closest(MESSAGE_BODY) === null,
  );
  return new Map(bodies.map((body) => [body, JSON.stringify(referenceOf(body, bodies, path))]));
}

/** @param identity of `findMessages` */
export async function fetchMessage(service: Service, identity: string): Promise<SourceReply> {
  const reference = JSON.parse(identity) as ItemReference | null;
  if (reference === null) return { ok: false, reason: "page-unknown", text: "" };
  if (reference.by === "id") return fetchItemSource(service, reference.id);
  const ids = await conversationItemIds(service, reference.conversationId);
  const id = ids[reference.index];
  // A place says which message it is only where page and server count the same.
  if (id === undefined || ids.length !== reference.count) return { ok: false, reason: "page-unknown", text: "" };
  return fetchItemSource(service, id);
}
