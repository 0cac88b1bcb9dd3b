import { useRef, useState } from "preact/hooks";
import type { JSX } from "preact";
import type { IconName } from "../../components/icon-shapes.ts";
import { Icon } from "../../components/icon.tsx";
import { t } from "../../i18n.tsx";
import { isLink } from "./editor-markup.ts";
import type { EditorState, Mark, RichEditor } from "./rich-editor.ts";
import { movedTo } from "./toolbar-keys.ts";

interface Props {
  readonly editor: RichEditor | null;
  readonly state: EditorState;
  readonly onPicture: () => void;
}

interface Tool {
  readonly name: string;
  readonly icon: IconName;
  /** Its state, where it has one. */
  readonly mark?: Mark;
  readonly isOff?: boolean;
  readonly act: () => void;
}

interface LinkFormProps {
  readonly address: string;
  readonly onDone: (address: string | null) => void;
}

/** The address of a link, asked for in its place. */
function LinkForm({ address, onDone }: LinkFormProps): JSX.Element {
  const [text, setText] = useState(address);
  const [isWrong, setWrong] = useState(false);
  const apply = (): void => {
    const typed = text.trim();
    const target =
      typed === "" || /^[a-z]+:/i.test(typed) ? typed : `${typed.includes("@") ? "mailto:" : "https://"}${typed}`;
    if (target === "" || isLink(target)) onDone(target);
    else setWrong(true);
  };
  return (
    <form
      class="link-form"
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onDone(null);
      }}
    >
      <label>
        {t("editor_link_address")}
        <input
          type="text"
          autocomplete="off"
          spellcheck={false}
          ref={(input) => input?.focus()}
          value={text}
          aria-invalid={isWrong}
          onInput={({ currentTarget }) => {
            setText(currentTarget.value);
            setWrong(false);
          }}
        />
      </label>
      <button type="submit">{t("editor_link_apply")}</button>
      <button
        type="button"
        class="quiet"
        onClick={() => {
          onDone(null);
        }}
      >
        {t("editor_link_cancel")}
      </button>
      {isWrong && (
        <p class="field-error" role="alert">
          {t("editor_link_wrong")}
        </p>
      )}
    </form>
  );
}

/** What can be done with the text. One stop of Tab; the arrows move in it. */
export function EditorToolbar({ editor, state, onPicture }: Props): JSX.Element {
  const bar = useRef<HTMLDivElement>(null);
  const [stop, setStop] = useState(0);
  const [link, setLink] = useState<string | null>(null);
  const mark = (name: Exclude<Mark, "link">, icon: IconName): Tool => ({
    ...{ name, icon, mark: name },
    act: () => editor?.toggle(name),
  });
  const tools: readonly Tool[] = [
    mark("bold", "bold"),
    mark("italic", "italic"),
    mark("underline", "underline"),
    mark("strike", "strikethrough"),
    mark("bullets", "list"),
    mark("numbers", "list-ordered"),
    mark("quote", "text-quote"),
    {
      ...{ name: "link", icon: "link", mark: "link" },
      act: () => {
        setLink(editor?.linkAddress() ?? "");
      },
    },
    { name: "picture", icon: "image", act: onPicture },
    { name: "clear", icon: "remove-formatting", act: () => editor?.plainFormat() },
    { name: "undo", icon: "undo-2", isOff: !state.canUndo, act: () => editor?.undo() },
    { name: "redo", icon: "redo-2", isOff: !state.canRedo, act: () => editor?.redo() },
  ];
  const move = (event: KeyboardEvent): void => {
    const isRightToLeft = bar.current !== null && getComputedStyle(bar.current).direction === "rtl";
    const next = movedTo(event.key, stop, tools.length, isRightToLeft);
    if (next === null) return;
    event.preventDefault();
    setStop(next);
    bar.current?.querySelectorAll<HTMLElement>("[data-tool]")[next]?.focus();
  };
  return (
    <>
      <div ref={bar} class="editor-tools" role="toolbar" aria-label={t("editor_tools")} onKeyDown={move}>
        {tools.map(({ name, icon, mark: own, isOff, act }, index) => (
          <button
            key={name}
            type="button"
            class="icon-button tool"
            data-tool={name}
            tabIndex={index === stop ? 0 : -1}
            title={t(`editor_tool_${name}`)}
            aria-label={t(`editor_tool_${name}`)}
            aria-pressed={own === undefined || own === "link" ? undefined : state.marks.has(own)}
            aria-disabled={isOff ?? false}
            // The selection stays in the text while a tool is pressed.
            onMouseDown={(event) => {
              event.preventDefault();
            }}
            onFocus={() => {
              setStop(index);
            }}
            onClick={() => {
              if (isOff !== true) act();
            }}
          >
            <Icon name={icon} />
          </button>
        ))}
      </div>
      {link !== null && (
        <LinkForm
          address={link}
          onDone={(address) => {
            setLink(null);
            editor?.focus("where-it-was");
            if (address !== null) editor?.setLink(address);
          }}
        />
      )}
    </>
  );
}
