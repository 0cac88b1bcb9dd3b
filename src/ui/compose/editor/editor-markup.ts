import { plainStructure, type StructureRules } from "../../message/plain-structure.ts";
import { markupOf, sanitizeToNodes } from "../../message/sanitize.ts";

const DATA_PICTURE = /^data:image\/(png|jpeg|gif|webp);base64,[a-z\d+/=]+$/i;
const LINK = /^(https?|mailto):/i;
/** Of a picture, CSS pixels; what a person made it by pulling at its corner. */
const SIZE = /^[1-9]\d{0,3}$/;

export const isLink = (target: string): boolean => LINK.test(target) && URL.canParse(target);

function link(target: string): HTMLElement | null {
  if (!isLink(target)) return null;
  const element = document.createElement("a");
  element.setAttribute("href", target);
  return element;
}

function picture(source: Element): HTMLElement | null {
  const address = source.getAttribute("src") ?? "";
  if (!DATA_PICTURE.test(address)) return null;
  const image = document.createElement("img");
  image.setAttribute("src", address);
  image.setAttribute("alt", source.getAttribute("alt") ?? "");
  for (const side of ["width", "height"]) {
    const length = Number.parseInt(
      source.getAttribute(side) ?? (source as HTMLElement).style.getPropertyValue(side),
      10,
    );
    if (SIZE.test(String(length))) image.setAttribute(side, String(length));
  }
  return image;
}

const RULES: StructureRules = { link, picture };

/** The data address of a picture of the draft by its Content-ID, or `null`. */
export type PictureByContentId = (contentId: string) => string | null;

/**
 * What may stand in the editor, of HTML that is pasted, dropped, taken over from the page or kept in a draft: words,
 * structure, links and pictures that bring their own octets. It has no looks, so that nothing in it is unseen or lies
 * over our own fields, and nothing remote, so that opening or pasting tells nobody.
 */
export function editorNodes(html: string, byContentId: PictureByContentId = () => null): DocumentFragment {
  const { fragment } = sanitizeToNodes(html, { picture: byContentId, linkWords: (label) => label });
  return plainStructure(fragment, RULES);
}

const picturesIn = (markup: string): readonly string[] => markup.match(/<img[\s/>][^>]*/gi) ?? [];

/** A picture of no size is no picture: it reports that it was loaded. */
const isSeen = (tag: string): boolean => !/\s(?:width|height)\s*=\s*["']?[01](?:px)?["'\s/]/i.test(`${tag} `);

/** How many pictures of a page's text do not come into the editor: those that stand on a server. */
export const picturesLeftBehind = (html: string): number =>
  Math.max(0, picturesIn(html).filter(isSeen).length - picturesIn(editorMarkup(html)).length);

/** The same as markup: what is written into the message and into drafts, made anew from the editor's document. */
export const editorMarkup = (html: string): string => markupOf(editorNodes(html));
