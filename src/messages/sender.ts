/** What a browser says of who sent a message. Nothing in the message itself counts. */
export interface MessageSender {
  readonly id?: string | undefined;
  /** Of the document, with path and fragment. */
  readonly url?: string | undefined;
  /** Chromium only. */
  readonly origin?: string | undefined;
  readonly frameId?: number | undefined;
}

/** Who may send: the pages of this extension that are named here, as whole tabs or windows. */
export const PAGES = [
  "open/index.html",
  "options/index.html",
  "first-run/index.html",
  "windows/unlock.html",
  "windows/confirm.html",
  "windows/popup.html",
] as const;
export type PageName = (typeof PAGES)[number];

/**
 * Which page of ours sent a message, or `null` where somebody else did: another extension, a web page, a content script
 * (whose sender has our id but the web page's address), or a page of ours in a frame.
 *
 * @param extension `runtime.id` and `runtime.getURL("")`
 */
export function pageOf(sender: MessageSender, extension: { id: string; baseUrl: string }): PageName | null {
  if (sender.id !== extension.id || sender.url === undefined || !URL.canParse(sender.url)) return null;
  const base = new URL(extension.baseUrl);
  const url = new URL(sender.url);
  if (url.protocol !== base.protocol || url.host !== base.host) return null;
  if (sender.origin !== undefined && sender.origin !== `${base.protocol}//${base.host}`) return null;
  if (sender.frameId !== undefined && sender.frameId !== 0) return null;
  return PAGES.find((page) => url.pathname === `/${page}`) ?? null;
}
