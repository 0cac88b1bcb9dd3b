import DOMPurify from "dompurify";

export interface SanitizeOptions {
  /** The `data:` address of a picture of the same message by its Content-ID, or `null`. */
  readonly picture: (contentId: string) => string | null;
  /** The words of a link whose text shows another address than it leads to. */
  readonly linkWords: (label: string, target: string) => string;
}

export interface SanitizedNodes {
  readonly fragment: DocumentFragment;
  /** Something of the internet was asked for and is not loaded. */
  readonly hasRemote: boolean;
}

export interface Sanitized extends Omit<SanitizedNodes, "fragment"> {
  readonly markup: string;
}

const FORBIDDEN_TAGS = [
  ...["form", "input", "button", "select", "textarea", "option", "dialog", "details", "marquee"],
  ...["iframe", "frame", "frameset", "object", "embed", "applet", "portal", "template", "slot"],
  ...["link", "meta", "base", "style", "svg", "math", "audio", "video", "source", "track", "map", "area"],
];
const FORBIDDEN_ATTRIBUTES = [
  ...["srcset", "poster", "background", "ping", "action", "formaction", "usemap", "is", "slot", "part", "name"],
  ...["id", "class", "tabindex", "accesskey", "autofocus", "popover", "popovertarget", "contenteditable"],
];
const PICTURE = /^data:image\/(png|jpeg|gif|webp);base64,/i;
const LINK = /^(https?|mailto):/i;
/** A style that loads, covers or leaves its place. */
const ACTIVE_STYLE = /url\s*\(|image-set|expression|@import|position\s*:|\\/i;
const ADDRESS = /\b((?:https?:\/\/)?(?:[\p{L}\p{N}-]+\.)+\p{L}{2,})/iu;

/** RFC 2392: a Content-ID as it stands in an address; as it is where it is not well written. */
function contentIdOf(address: string): string | null {
  const [, own] = /^cid:(.+)$/i.exec(address) ?? [];
  try {
    return own === undefined ? null : decodeURIComponent(own);
  } catch {
    return own ?? null;
  }
}

function mendPicture(image: Element, { picture }: SanitizeOptions): boolean {
  const source = image.getAttribute("src") ?? "";
  const own = contentIdOf(source);
  const data = own === null ? (PICTURE.test(source) ? source : null) : picture(own);
  // Without its picture only the words for it stay; a broken picture would say that something is wrong.
  if (data === null) image.replaceWith(image.getAttribute("alt") ?? "");
  else image.setAttribute("src", data);
  return data === null && /^(https?:|\/\/)/i.test(source);
}

function hostOf(address: string): string | null {
  const url = /^[a-z]+:/i.test(address) ? address : `https://${address}`;
  return URL.canParse(url) ? new URL(url).host : null;
}

/** A link opens elsewhere, tells nothing of where it was, and does not pretend to lead to another address. */
function mendLink(link: Element, { linkWords }: SanitizeOptions): void {
  const target = link.getAttribute("href") ?? "";
  if (!LINK.test(target) || !URL.canParse(target)) {
    link.removeAttribute("href");
    return;
  }
  link.setAttribute("target", "_blank");
  link.setAttribute("rel", "noopener noreferrer");
  link.setAttribute("title", target);
  const label = link.textContent.trim();
  const shown = ADDRESS.exec(label)?.[1];
  const { host, protocol, pathname } = new URL(target);
  const real = protocol === "mailto:" ? pathname : host;
  const isHonest = protocol === "mailto:" ? label.includes(real) : shown === undefined || hostOf(shown) === host;
  if (!isHonest && shown !== undefined) link.textContent = linkWords(label, real);
}

function hasRemoteStyle(element: Element): boolean {
  const style = element.getAttribute("style");
  if (style === null || !ACTIVE_STYLE.test(style)) return false;
  element.removeAttribute("style");
  return /url\s*\(/i.test(style);
}

function clean(html: string): DocumentFragment {
  return DOMPurify.sanitize(html, {
    USE_PROFILES: { html: true },
    FORBID_TAGS: FORBIDDEN_TAGS,
    FORBID_ATTR: FORBIDDEN_ATTRIBUTES,
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    ALLOWED_URI_REGEXP: /^(?:https?:|mailto:|cid:|data:image\/(?:png|jpeg|gif|webp);base64,)/i,
    RETURN_DOM_FRAGMENT: true,
  });
}

/** HTML of a message without everything that acts, loads or leaves its frame, as nodes of no document. */
export function sanitizeToNodes(html: string, options: SanitizeOptions): SanitizedNodes {
  const fragment = clean(html);
  let hasRemote = false;
  for (const element of fragment.querySelectorAll("*")) {
    if (element.localName === "img") hasRemote = mendPicture(element, options) || hasRemote;
    else element.removeAttribute("src");
    if (element.localName === "a") mendLink(element, options);
    else element.removeAttribute("href");
    hasRemote = hasRemoteStyle(element) || hasRemote;
  }
  return { fragment, hasRemote };
}

/** The markup of nodes. */
export function markupOf(nodes: DocumentFragment): string {
  const holder = document.createElement("div");
  holder.append(nodes);
  return holder.innerHTML;
}

/** The same as markup. */
export function sanitize(html: string, options: SanitizeOptions): Sanitized {
  const { fragment, hasRemote } = sanitizeToNodes(html, options);
  return { markup: markupOf(fragment), hasRemote };
}

const BLOCK = /^(p|div|tr|li|h[1-6]|blockquote|pre|table|ul|ol|hr|section|article)$/;

function write(node: Node, lines: string[]): void {
  if (node.nodeType === Node.TEXT_NODE) {
    lines.push((node.nodeValue ?? "").replace(/\s+/g, " "));
    return;
  }
  const name = node.nodeName.toLowerCase();
  if (name === "br" || BLOCK.test(name)) lines.push("\n");
  for (const child of node.childNodes) write(child, lines);
  if (BLOCK.test(name)) lines.push("\n");
}

/** The words of a document, a line for each block. */
export function wordsOfNodes(root: Node): string {
  const lines: string[] = [];
  write(root, lines);
  return lines
    .join("")
    .split("\n")
    .map((line) => line.trim())
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

/** Only the words of HTML, for content that may have been put together by somebody else (attack 24). */
export const wordsOfHtml = (html: string): string => wordsOfNodes(clean(html));
