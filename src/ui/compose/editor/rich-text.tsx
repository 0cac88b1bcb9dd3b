import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { JSX } from "preact";
import { dataAddress } from "../../message/data-address.ts";
import { t } from "../../i18n.tsx";
import { EditorToolbar } from "./editor-toolbar.tsx";
import { fitsIntoText } from "./pictures.ts";
import { RichEditor, type EditorState } from "./rich-editor.ts";
import { wordsOfText } from "./text-forms.ts";
import { loaded, mount } from "./text.ts";

export interface TextProps {
  readonly hintId: string;
  /** At each key. */
  readonly onChange: () => void;
  /** Files that have no place in the text. */
  readonly onFiles: (files: readonly File[]) => void;
}

const NOTHING: EditorState = { marks: new Set(), canUndo: false, canRedo: false };

/** Puts pictures into the text; every other file is given on. */
async function takeFiles(editor: RichEditor, files: readonly File[], others: TextProps["onFiles"]): Promise<void> {
  for (const file of files.filter(fitsIntoText)) {
    editor.insertPicture(dataAddress(file.type, new Uint8Array(await file.arrayBuffer())), file.name);
  }
  const rest = files.filter((file) => !fitsIntoText(file));
  if (rest.length > 0) others(rest);
}

/** The text with structure and emphasis, in Squire. */
export function RichText({ hintId, onChange, onFiles }: TextProps): JSX.Element {
  const root = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const [editor, setEditor] = useState<RichEditor | null>(null);
  const [state, setState] = useState(NOTHING);
  const take = (files: readonly File[], target = editor): void => {
    if (target !== null) void takeFiles(target, files, onFiles);
  };
  useLayoutEffect(() => {
    const element = root.current;
    if (element === null) return undefined;
    const created = new RichEditor(element, {
      changed: onChange,
      state: setState,
      files: (files) => {
        take(files, created);
      },
    });
    const unsubscribe = loaded.subscribe(({ markup, pictures }) => {
      created.setMarkup(markup, pictures);
    });
    mount({
      markup: () => created.markup(),
      words: () => wordsOfText(element),
      append: (more) => {
        created.append(more);
      },
      focus: () => {
        created.focus("where-it-was");
      },
    });
    setEditor(created);
    return () => {
      unsubscribe();
      mount(null);
      created.destroy();
    };
  }, []);
  return (
    <>
      <EditorToolbar editor={editor} state={state} onPicture={() => input.current?.click()} />
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept="image/png,image/jpeg,image/gif,image/webp"
        aria-label={t("editor_tool_picture")}
        onChange={({ currentTarget }) => {
          take([...(currentTarget.files ?? [])]);
          currentTarget.value = "";
        }}
      />
      <div
        ref={root}
        class="editor"
        role="textbox"
        aria-multiline="true"
        aria-label={t("form_text")}
        aria-describedby={hintId}
        onDrop={(event) => {
          const files = [...(event.dataTransfer?.files ?? [])];
          if (files.length === 0 || !files.every(fitsIntoText)) return;
          event.preventDefault();
          event.stopPropagation();
          editor?.placeCursor(event.clientX, event.clientY);
          take(files);
        }}
      />
    </>
  );
}
