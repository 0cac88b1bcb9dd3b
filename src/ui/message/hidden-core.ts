import type { MessageView } from "../../messages/answers.ts";
import { hidesByStyle, isHidden } from "./hidden-style.ts";
import { trustedMarkup } from "./trusted-document.ts";

/** Elements that show nothing of what stands in them, or only at a press. */
const CLOSED: ReadonlySet<string> = new Set([
  "details",
  "dialog",
  "noscript",
  "noembed",
  "noframes",
  "object",
  "audio",
  "video",
  "canvas",
  "select",
  "textarea",
]);

const isClosed = (element: Element): boolean => CLOSED.has(element.localName) && !element.hasAttribute("open");

/** Whether a rule of the markup's own style sheets hides this element. */
function isHiddenByRule(element: Element, parsed: Document): boolean {
  return [...parsed.querySelectorAll("style")].some(({ textContent }) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(textContent);
    return [...sheet.cssRules].some((rule) => {
      if (!(rule instanceof CSSStyleRule)) return false;
      try {
        return element.matches(rule.selectorText) && hidesByStyle(rule.style);
      } catch {
        // A selector that the browser does not know matches nothing in it.
        return false;
      }
    });
  });
}

/**
 * Whether words that stand behind this markup, as mail programs put one part after the other, would not be seen: it
 * leaves an element open that hides them, or swallows them.
 */
export function hidesWhatFollows(html: string): boolean {
  const mark = crypto.randomUUID();
  // It is read in a document that nothing shows, runs or loads from.
  const markup = trustedMarkup(`${html}<i data-follows="${mark}"></i>`) as string;
  const parsed = new DOMParser().parseFromString(markup, "text/html");
  const following = parsed.querySelector(`[data-follows="${mark}"]`);
  // It has become words, a comment or a style.
  if (following === null) return true;
  for (let place: Element | null = following; place !== null; place = place.parentElement) {
    if (isClosed(place) || (place instanceof HTMLElement && isHidden(place)) || isHiddenByRule(place, parsed))
      return true;
  }
  return false;
}

const place = (path: string): number => Number(path.split(".")[0]);

/**
 * The message with what only a DOM can tell: whether a signed part stands hidden under the words before it, so that its
 * signature seems to be theirs (`ux.md` A17, attack 14).
 */
export function withHiddenCore(view: MessageView, contents: ReadonlyMap<string, Uint8Array>): MessageView {
  const { core, parts } = view;
  if (core === null || core.isMisleading) return view;
  const isHiding = parts.some(({ path, type }) => {
    const bytes = type === "text/html" && place(path) < place(core.path) ? contents.get(path) : undefined;
    return bytes !== undefined && hidesWhatFollows(new TextDecoder().decode(bytes));
  });
  return isHiding ? { ...view, core: { ...core, isMisleading: true } } : view;
}
