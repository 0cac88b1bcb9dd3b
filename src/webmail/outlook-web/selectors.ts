/**
 * All that is known of the page of Outlook on the web (outlook-web.md section 5; third-party code, none of it promised by
 * Microsoft).
 */

/** Microsoft 365's React page, or the page of Exchange 2016 to 2019. */
export const APP =
  '[data-app-section="MailReadCompose"], [data-app-section="ConversationContainer"], #primaryContainer';

/** The body of a message that is read; one for each message of a conversation that is open. */
export const MESSAGE_BODY = '[id^="UniqueMessageBody"], div[id="Item.MessagePartBody"]';

/** One message of a conversation, with its header. */
export const MESSAGE_PART = ".item-part, .item-reading-pane";

/** `MSG_<item>_FROM`: the sender's line. That the middle is the item's id is inferred from `MSG_<draftId>_SUBJECT`. */
export const MESSAGE_SENDER = '[id^="MSG_"][id$="_FROM"]';

/** The selected conversation in the list. */
export const SELECTED_ROW = '[data-convid][aria-selected="true"]';

/** The editor. Its aria-label is in the page's language; the others are not. */
export const EDITOR =
  '[id^="editorParent_"] > div[contenteditable="true"], div[aria-label="Message body"][contenteditable="true"]';

export const SEND =
  '[data-testid="ComposeSendButton"], #splitButton-send__primaryActionButton, button[aria-label="Send"]';
export const DISCARD = "#discardCompose";

export const SUBJECT =
  'input[id^="MSG_"][id$="_SUBJECT"], input[aria-label="Subject"], input[placeholder="Add a subject"]';

/** Recipients' fields; the names are localised, so a page in another language is not recognised. */
export const TO = 'div[aria-label="To"][contenteditable="true"]';
export const CC = 'div[aria-label="Cc"][contenteditable="true"]';
export const BCC = 'div[aria-label="Bcc"][contenteditable="true"]';
export const PILL = "[data-lpc-hover-target-id]";

export const ATTACHMENT = '[data-testid="AttachmentCard"]';

/** Attributes by which the page says that another message stands in the same place. */
export const WATCHED_ATTRIBUTES = ["id", "aria-selected", "data-convid"] as const;

/** `/mail/<folder>/id/<id>`, with the address of a shared mailbox before the folder. */
const ITEM_IN_PATH = /^\/mail\/(?:[^/]+\/){0,2}id\/([^/?#]+)/;

/** The shared mailbox that the page shows; `null` for the user's own. That it stands in the path is inferred. */
export function sharedMailboxInPath(path: string): string | null {
  const first = /^\/mail\/([^/]+)/.exec(path)?.[1] ?? "";
  try {
    const name = decodeURIComponent(first);
    return /^[^\s@]+@[^\s@]+$/.test(name) ? name : null;
  } catch {
    return null;
  }
}

export function itemIdInPath(path: string): string | null {
  const found = ITEM_IN_PATH.exec(path)?.[1];
  try {
    return found === undefined ? null : decodeURIComponent(found);
  } catch {
    return null;
  }
}

/** Of an element's id, such as `MSG_<item>_FROM`. */
export function itemIdInElement(id: string, suffix: "FROM" | "SUBJECT"): string | null {
  const end = `_${suffix}`;
  return id.startsWith("MSG_") && id.endsWith(end) && id.length > 4 + end.length ? id.slice(4, -end.length) : null;
}
