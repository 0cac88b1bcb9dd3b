import type { ViewKind } from "./content-requests.ts";

/** What a browser says of who sent a message from inside a tab. Nothing in the message itself counts. */
export interface TabSender {
  readonly id?: string | undefined;
  readonly url?: string | undefined;
  /** Chromium only. */
  readonly origin?: string | undefined;
  readonly frameId?: number | undefined;
  readonly documentId?: string | undefined;
  readonly tab?: { readonly id?: number | undefined } | undefined;
}

/** A content script of ours in a web page. */
export interface ContentSender {
  readonly tabId: number;
  readonly frameId: number;
  readonly documentId: string | null;
  /** Of the page. */
  readonly origin: string;
}

/** A page of ours inside a web page. */
export interface FrameSender {
  readonly tabId: number;
  readonly frameId: number;
  readonly documentId: string | null;
  readonly kind: ViewKind;
  /** Of the document around it, as the frame's own browser tells it; `null` where it does not. */
  readonly parentOrigin: string | null;
}

interface Extension {
  readonly id: string;
  readonly baseUrl: string;
}

/** The pages that may stand in a web page, by what they show. */
export const FRAME_PAGES: Readonly<Record<ViewKind, string>> = {
  message: "message/index.html",
  compose: "compose/index.html",
};

interface Place {
  readonly tabId: number;
  readonly frameId: number;
  readonly documentId: string | null;
  readonly url: URL;
}

function placeOf({ id, url, frameId, documentId, tab }: TabSender, extension: Extension): Place | null {
  if (id !== extension.id || url === undefined || !URL.canParse(url)) return null;
  if (tab?.id === undefined || frameId === undefined) return null;
  return { tabId: tab.id, frameId, documentId: documentId ?? null, url: new URL(url) };
}

const isOurs = (url: URL, { baseUrl }: Extension): boolean => {
  const base = new URL(baseUrl);
  return url.protocol === base.protocol && url.host === base.host;
};

/** A content script in a web page, or `null`. That its site was granted is the caller's to ask. */
export function contentSender(sender: TabSender, extension: Extension): ContentSender | null {
  const place = placeOf(sender, extension);
  if (place === null) return null;
  const { url, tabId, frameId, documentId } = place;
  if (url.protocol !== "https:" && url.protocol !== "http:") return null;
  if (sender.origin !== undefined && sender.origin !== url.origin) return null;
  return { tabId, frameId, documentId, origin: url.origin };
}

/** A page of ours in a frame of a tab, or `null`: as a whole tab it is none of these. */
export function frameSender(sender: TabSender, extension: Extension, parentOrigin: string | null): FrameSender | null {
  const place = placeOf(sender, extension);
  if (place === null || place.frameId === 0 || !isOurs(place.url, extension)) return null;
  const kinds = Object.keys(FRAME_PAGES) as ViewKind[];
  const kind = kinds.find((candidate) => place.url.pathname === `/${FRAME_PAGES[candidate]}`);
  if (kind === undefined) return null;
  const { tabId, frameId, documentId } = place;
  return { tabId, frameId, documentId, kind, parentOrigin };
}
