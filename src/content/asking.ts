import type { PageRequest } from "../messages/content-requests.ts";
import type { Sender } from "./browser.ts";

/**
 * What the background asks for, or `null` where it does not ask: everybody else of this extension sends from a tab, a
 * frame of ours in this very page too, and other extensions have another id.
 */
export function askedByBackground(message: unknown, sender: Sender, ownId: string): PageRequest | null {
  return sender.id === ownId && sender.tab === undefined ? (message as PageRequest) : null;
}
