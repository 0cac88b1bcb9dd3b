import { isHidden } from "./hidden-style.ts";

/** What structure a text may have; every other element gives way to its words. */
const KEPT = new Set([
  ...["p", "div", "br", "hr", "pre", "blockquote", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6"],
  ...["b", "i", "u", "s", "sub", "sup", "code", "table", "thead", "tbody", "tfoot", "tr", "th", "td"],
]);

/** Other names for the same. */
const SAME: Readonly<Record<string, string>> = {
  ...{
    strong: "b",
    em: "i",
    cite: "i",
    dfn: "i",
    ins: "u",
    del: "s",
    strike: "s",
    tt: "code",
    kbd: "code",
    samp: "code",
  },
  ...{ section: "div", article: "div", header: "div", footer: "div", main: "div", aside: "div", address: "div" },
  ...{
    figure: "div",
    figcaption: "div",
    center: "div",
    dl: "div",
    dt: "div",
    dd: "div",
    caption: "div",
    legend: "div",
  },
};

/** What holds words that nobody sees, or none. */
const DROPPED = new Set([
  ...["script", "style", "template", "noscript", "head", "title", "meta", "link", "base", "object", "embed", "iframe"],
  ...[
    "frame",
    "frameset",
    "applet",
    "audio",
    "video",
    "canvas",
    "svg",
    "math",
    "select",
    "option",
    "textarea",
    "input",
  ],
  ...["button", "datalist", "map", "area", "dialog", "slot", "portal", "param", "source", "track"],
]);

/** What may come along beside the words. */
export interface StructureRules {
  /** The element that a link becomes, around its words; `null`: only its words. */
  readonly link: (target: string) => HTMLElement | null;
  /** The element that a picture becomes, or `null`. */
  readonly picture: (picture: Element) => HTMLElement | null;
}

/** Words and nothing beside them. */
export const WORDS_ONLY: StructureRules = { link: () => null, picture: () => null };

/** Emphasis that stands in a style; `<b style="font-weight: normal">` of a copied page is none. */
function emphasis(element: HTMLElement, name: string): string[] {
  const { fontWeight, fontStyle, textDecoration, textDecorationLine } = element.style;
  const lines = `${textDecoration} ${textDecorationLine}`;
  const isBold = fontWeight === "" ? name === "b" : /^(bold|bolder|[6-9]00)$/.test(fontWeight);
  return [
    ...(isBold ? ["b"] : []),
    ...(/italic|oblique/.test(fontStyle) ? ["i"] : []),
    ...(lines.includes("underline") ? ["u"] : []),
    ...(lines.includes("line-through") ? ["s"] : []),
  ].filter((mark) => mark !== name || mark === "b");
}

function place(element: HTMLElement, rules: StructureRules): readonly HTMLElement[] {
  const own = element.localName;
  const name = SAME[own] ?? own;
  const make = (tag: string): HTMLElement => element.ownerDocument.createElement(tag);
  if (name === "a") {
    const link = rules.link(element.getAttribute("href") ?? "");
    return link === null ? [] : [link];
  }
  const marks = emphasis(element, name).map(make);
  if (name === "b" || !KEPT.has(name)) return marks;
  const kept = make(name);
  // The only attribute that is kept says how a text is read, and is one of three words.
  const direction = element.getAttribute("dir")?.toLowerCase() ?? "";
  if (/^(ltr|rtl|auto)$/.test(direction)) kept.setAttribute("dir", direction);
  return [kept, ...marks];
}

function copy(node: Node, into: Node, rules: StructureRules): void {
  if (node.nodeType === Node.TEXT_NODE) {
    into.appendChild((node.ownerDocument ?? document).createTextNode(node.nodeValue ?? ""));
    return;
  }
  if (node.nodeType === Node.DOCUMENT_FRAGMENT_NODE) {
    for (const child of node.childNodes) copy(child, into, rules);
    return;
  }
  if (!(node instanceof HTMLElement) || DROPPED.has(node.localName) || isHidden(node)) return;
  if (node.localName === "img") {
    const picture = rules.picture(node);
    if (picture !== null) into.appendChild(picture);
    return;
  }
  let inside = into;
  for (const element of place(node, rules)) inside = inside.appendChild(element);
  for (const child of node.childNodes) copy(child, inside, rules);
}

/**
 * Builds a text anew, element by element, from a list of what may be in it: structure and emphasis, no looks. Without
 * styles, classes, colours and sizes nothing in it can hide, cover, load or be shown under a condition (attacks 29, 30).
 * What its sender had hidden is left out.
 */
export function plainStructure(source: DocumentFragment, rules: StructureRules): DocumentFragment {
  const built = source.ownerDocument.createDocumentFragment();
  copy(source, built, rules);
  return built;
}
