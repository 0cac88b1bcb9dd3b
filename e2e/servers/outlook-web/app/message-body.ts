import { element } from "./element.ts";
import type { Message } from "./service.ts";

const ELEMENTS = new Set(
  "A,B,BLOCKQUOTE,BR,CODE,DIV,EM,H1,H2,H3,H4,HR,I,LI,OL,P,PRE,S,SMALL,SPAN,STRONG,SUB,SUP,TABLE,TBODY,TD,TH,THEAD,TR,U,UL".split(
    ",",
  ),
);
const GONE = new Set(["SCRIPT", "STYLE", "TITLE", "TEMPLATE", "IFRAME", "OBJECT", "SVG", "MATH", "TEXTAREA", "SELECT"]);

const policy = (
  globalThis as unknown as {
    trustedTypes?: { createPolicy: (name: string, rules: object) => { createHTML: (text: string) => string } };
  }
).trustedTypes?.createPolicy("outlook", { createHTML: (text: string) => text });

/** Copies what is harmless; the source document is inert and stays so. */
function copyAllowed(from: Node, to: Node): void {
  for (const node of from.childNodes) {
    if (node instanceof Text) to.appendChild(document.createTextNode(node.data));
    // What a picture says, never the picture: it may tell who reads where.
    else if (node instanceof HTMLImageElement) to.appendChild(document.createTextNode(node.alt));
    else if (node instanceof Element && !GONE.has(node.tagName.toUpperCase())) {
      const isKept = node instanceof HTMLElement && ELEMENTS.has(node.tagName);
      const copy = isKept ? document.createElement(node.tagName) : to;
      if (copy !== to && copy instanceof HTMLElement) {
        const href = node.getAttribute("href");
        if (href !== null && /^(https?|mailto):/i.test(href)) {
          copy.setAttribute("href", href);
          copy.setAttribute("target", "_blank");
          copy.setAttribute("rel", "noopener noreferrer");
        }
        to.appendChild(copy);
      }
      copyAllowed(node, copy);
    }
  }
}

export function htmlFragment(html: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  const text = policy?.createHTML(html) ?? html;
  copyAllowed(new DOMParser().parseFromString(text, "text/html").body, fragment);
  return fragment;
}

export function bodyFragment(body: Message["Body"]): DocumentFragment {
  if (body?.BodyType === "HTML") return htmlFragment(body.Value);
  const fragment = document.createDocumentFragment();
  fragment.append(element("div", { class: "plain-text" }, body?.Value ?? ""));
  return fragment;
}
