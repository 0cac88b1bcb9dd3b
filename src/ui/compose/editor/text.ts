import { signal } from "@preact/signals";
import { editorMarkup, type PictureByContentId } from "./editor-markup.ts";
import { markupOfWords } from "./text-forms.ts";

export type TextFormat = "rich" | "plain";

/** How the text is written. */
export const format = signal<TextFormat>("rich");

/** What an editor is to show from now on; each is a new object, also with the same text. */
export interface LoadedText {
  readonly markup: string;
  readonly pictures: PictureByContentId;
}
export const loaded = signal<LoadedText>({ markup: "", pictures: () => null });

/** The editor that stands in the form. The text lives in it and nowhere else, since it is large and changes at each key. */
export interface MountedEditor {
  /** Empty where the text has no markup. */
  readonly markup: () => string;
  readonly words: () => string;
  readonly focus: () => void;
  /** Puts more at the end; the cursor stays where it is. */
  readonly append: (markup: string) => void;
}
let mounted: MountedEditor | null = null;

export function mount(editor: MountedEditor | null): void {
  mounted = editor;
}

export const words = (): string => mounted?.words() ?? "";

/** As it stands in the editor: for drafts, which are sanitised when they are opened. */
export const markup = (): string => mounted?.markup() ?? "";

/** As it is sent: made anew by the rules of what may stand in the editor. */
export const writtenMarkup = (): string => {
  const now = markup();
  return now === "" ? "" : editorMarkup(now);
};

export function focusEditor(): void {
  mounted?.focus();
}

/** @param text in markup, from anywhere: the editor sanitises it */
export function load(text: string, pictures: PictureByContentId = () => null): void {
  loaded.value = { markup: text, pictures };
}

export function append(text: string): void {
  mounted?.append(text);
}

/** Changes the format and takes the text along; what plain text cannot hold is left behind. */
export function setFormat(next: TextFormat): void {
  if (next === format.value) return;
  load(markupOfWords(words()));
  format.value = next;
}
