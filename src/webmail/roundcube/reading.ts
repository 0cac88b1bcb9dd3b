import type { MessagePlace } from "./message-source.ts";
import type { PageSettings } from "./page-settings.ts";
import { theOne } from "../dom/selector.ts";
import { MESSAGE_BODY } from "./selectors.ts";

/** Pages that show one message, which their address names. */
const SHOWING = new Set(["preview", "show"]);

/** Which message the page shows; `null` where it shows none, or does not say which. */
export function messageShown({ action }: PageSettings, search: string): MessagePlace | null {
  if (!SHOWING.has(action)) return null;
  const parameters = new URLSearchParams(search);
  const [folder, uid] = [parameters.get("_mbox"), parameters.get("_uid")];
  return folder === null || folder === "" || uid === null || !/^\d+(\.[\d.]+)?$/.test(uid) ? null : { folder, uid };
}

/** The message's body on the page, with the message that it belongs to. */
export function findMessage(document: Document, settings: PageSettings): ReadonlyMap<Element, string> {
  const body = theOne(document, MESSAGE_BODY);
  const place = messageShown(settings, document.location.search);
  return new Map(body === null ? [] : [[body, JSON.stringify(place)]]);
}
