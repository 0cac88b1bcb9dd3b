import Squire from "squire-rte";
import { trustedMarkup } from "../../message/trusted-document.ts";
import { editorNodes, type PictureByContentId } from "./editor-markup.ts";

/** Emphasis and blocks around the cursor, for the toolbar. */
export const MARKS = ["bold", "italic", "underline", "strike", "bullets", "numbers", "quote", "link"] as const;
export type Mark = (typeof MARKS)[number];

const TAGS: Readonly<Record<Mark, string>> = {
  ...{ bold: "B", italic: "I", underline: "U", strike: "S" },
  ...{ bullets: "UL", numbers: "OL", quote: "BLOCKQUOTE", link: "A" },
};

export interface EditorState {
  readonly marks: ReadonlySet<Mark>;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}

export interface RichEditorListener {
  /** Something was typed, pasted or changed; called at each key, so that it must be quick. */
  readonly changed: () => void;
  readonly state: (state: EditorState) => void;
  /** Pictures and other files that were pasted. */
  readonly files: (files: readonly File[]) => void;
}

/** Undone steps are whole documents, pictures included: so many, once they are larger than this (UTF-16 units × 2). */
const UNDO = { documentSizeThreshold: 1_000_000, undoLimit: 20 };

/**
 * Squire, at the one place where it writes markup and not nodes: what undo brings back has stood in this document
 * before and was sanitised then.
 */
class OwnSquire extends Squire {
  override _setRawHTML(html: string): Squire {
    return super._setRawHTML(trustedMarkup(html) as string);
  }
}

/** No trap for the keyboard: Tab indents a list, but after Escape it leaves (`ux.md` 4.5). */
function leaveWithTab(root: HTMLElement): void {
  let isLeaving = false;
  const look = (event: KeyboardEvent): void => {
    if (event.key === "Tab" && isLeaving) event.stopImmediatePropagation();
    if (event.key !== "Shift") isLeaving = event.key === "Escape";
  };
  root.addEventListener("keydown", look, { capture: true });
}

/** The rich text editor of the secure form. Everything that comes into it passes `editorNodes`. */
export class RichEditor {
  readonly #squire: Squire;
  #pictures: PictureByContentId = () => null;
  #undo = { canUndo: false, canRedo: false };
  #told = "";

  constructor(root: HTMLElement, listener: RichEditorListener) {
    // In front of Squire's own handlers.
    leaveWithTab(root);
    this.#squire = new OwnSquire(root, {
      undo: UNDO,
      sanitizeToDOMFragment: (html) => editorNodes(html, this.#pictures),
      // What goes wrong may quote what was typed: it goes to no console.
      didError: () => undefined,
    });
    const tell = (): void => {
      this.#tell(listener);
    };
    this.#squire.addEventListener("input", () => {
      listener.changed();
    });
    this.#squire.addEventListener("pathChange", tell);
    this.#squire.addEventListener("undoStateChange", (event) => {
      this.#undo = (event as CustomEvent<{ canUndo: boolean; canRedo: boolean }>).detail;
      tell();
    });
    this.#squire.addEventListener("pasteImage", (event) => {
      const { clipboardData } = (event as CustomEvent<{ clipboardData: DataTransfer | null }>).detail;
      listener.files([...(clipboardData?.files ?? [])]);
    });
  }

  #tell({ state }: RichEditorListener): void {
    const marks = new Set(MARKS.filter((mark) => this.#squire.hasFormat(TAGS[mark])));
    const signature = [...marks, this.#undo.canUndo, this.#undo.canRedo].join();
    if (signature === this.#told) return;
    this.#told = signature;
    state({ marks, ...this.#undo });
  }

  /** @param pictures of the draft, by the Content-ID that the markup names */
  setMarkup(markup: string, pictures: PictureByContentId = () => null): void {
    this.#pictures = pictures;
    this.#squire.setHTML(markup);
    this.#pictures = () => null;
  }

  /** More at the end, which leaves the cursor and what was typed alone. */
  append(markup: string): void {
    this.#squire.getRoot().append(editorNodes(markup));
  }

  markup(): string {
    return this.#squire.getHTML();
  }

  focus(where: "start" | "where-it-was"): void {
    if (where === "start") this.#squire.moveCursorToStart();
    this.#squire.focus();
  }

  toggle(mark: Exclude<Mark, "link">): void {
    const squire = this.#squire;
    const isOn = squire.hasFormat(TAGS[mark]);
    const acts: Readonly<Record<typeof mark, readonly [on: () => Squire, off: () => Squire]>> = {
      bold: [() => squire.bold(), () => squire.removeBold()],
      italic: [() => squire.italic(), () => squire.removeItalic()],
      underline: [() => squire.underline(), () => squire.removeUnderline()],
      strike: [() => squire.strikethrough(), () => squire.removeStrikethrough()],
      bullets: [() => squire.makeUnorderedList(), () => squire.removeList()],
      numbers: [() => squire.makeOrderedList(), () => squire.removeList()],
      quote: [() => squire.increaseQuoteLevel(), () => squire.decreaseQuoteLevel()],
    };
    acts[mark][isOn ? 1 : 0]();
  }

  /** The address of the link around the cursor; empty where there is none. */
  linkAddress(): string {
    const { commonAncestorContainer: node } = this.#squire.getSelection();
    const element = node instanceof Element ? node : node.parentElement;
    return element?.closest("a")?.getAttribute("href") ?? "";
  }

  setLink(address: string): void {
    if (address === "") this.#squire.removeLink();
    else this.#squire.makeLink(address);
  }

  /** @param address a `data:` address of a picture */
  insertPicture(address: string, words: string): void {
    this.#squire.insertImage(address, { alt: words });
  }

  /** To the place under a pointer, where something is dropped. */
  placeCursor(x: number, y: number): void {
    const place = document.caretPositionFromPoint(x, y);
    if (place === null || !this.#squire.getRoot().contains(place.offsetNode)) return;
    const range = document.createRange();
    range.setStart(place.offsetNode, place.offset);
    this.#squire.setSelection(range);
  }

  plainFormat(): void {
    this.#squire.removeAllFormatting();
  }

  undo(): void {
    this.#squire.undo();
  }

  redo(): void {
    this.#squire.redo();
  }

  destroy(): void {
    this.#squire.destroy();
  }
}
