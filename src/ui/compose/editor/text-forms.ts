import { editorNodes } from "./editor-markup.ts";

const escape = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** A text in plain words as markup: each line a block of its own, its spaces kept. */
export function markupOfWords(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => {
      const words = escape(line).replace(/^ +| {2,}/g, (spaces) => "\u00a0".repeat(spaces.length));
      return `<div>${words || "<br>"}</div>`;
    })
    .join("");
}

const BLOCK = /^(P|DIV|H[1-6]|BLOCKQUOTE|PRE|UL|OL|LI|TABLE|TBODY|THEAD|TFOOT|TR|HR)$/;

interface Line {
  text: string;
  readonly quotes: number;
}

/** Lines of a text; a quotation and a list are told by the signs that plain text has for them. */
class Lines {
  readonly list: Line[] = [];
  #quotes = 0;
  #isOpen = false;

  start(): void {
    this.#isOpen = false;
  }

  write(text: string): void {
    if (!this.#isOpen) this.list.push({ text: "", quotes: this.#quotes });
    this.#isOpen = true;
    this.list.at(-1)!.text += text;
  }

  /** Between words; between blocks it is nothing. */
  space(): void {
    if (this.#isOpen) this.list.at(-1)!.text += " ";
  }

  quoted(inside: () => void): void {
    this.#quotes++;
    this.start();
    inside();
    this.#quotes--;
    this.start();
  }

  lineBreak(isLast: boolean): void {
    // A break at the end of a block only holds its line open.
    if (!this.#isOpen) this.write("");
    if (!isLast) this.write("");
    this.start();
  }
}

function itemSign(item: Element): string {
  const list = item.parentElement;
  if (list?.localName !== "ol") return "- ";
  return `${[...list.children].indexOf(item) + 1}. `;
}

function writeText(node: Node, lines: Lines, isAsIs: boolean): void {
  if (node.nodeType === Node.TEXT_NODE) {
    const text = (node.nodeValue ?? "").replaceAll("\u200b", "");
    if (isAsIs) {
      for (const [index, line] of text.split("\n").entries()) {
        if (index > 0) lines.start();
        lines.write(line);
      }
    } else if (text.trim() !== "" || text.includes("\u00a0")) lines.write(text.replace(/[ \t\r\n]+/g, " "));
    else if (text !== "") lines.space();
    return;
  }
  const { nodeName } = node;
  const inside = (): void => {
    for (const child of node.childNodes) writeText(child, lines, isAsIs || nodeName === "PRE");
  };
  if (nodeName === "BR") lines.lineBreak(node.nextSibling === null);
  else if (nodeName === "BLOCKQUOTE") lines.quoted(inside);
  else if (BLOCK.test(nodeName)) {
    lines.start();
    if (nodeName === "LI") lines.write(itemSign(node as Element));
    inside();
    lines.start();
  } else {
    if ((nodeName === "TD" || nodeName === "TH") && node.previousSibling !== null) lines.write("\t");
    inside();
  }
}

/** A text of the editor in plain words, with `> ` before what is quoted. */
export function wordsOfText(root: Node): string {
  const lines = new Lines();
  writeText(root, lines, false);
  return lines.list
    .map(({ text, quotes }) =>
      `${"> ".repeat(quotes)}${text.replaceAll("\u00a0", " ").replace(/^ (?=\S)/, "")}`.trimEnd(),
    )
    .join("\n")
    .trim();
}

/** Markup in plain words; of anybody, since it is sanitised on the way. */
export const wordsOfMarkup = (markup: string): string => wordsOfText(editorNodes(markup));

/** Lines of text, for the question whether they may leave the form. */
export const lineCount = (text: string): number => text.split("\n").filter((line) => line.trim() !== "").length;
