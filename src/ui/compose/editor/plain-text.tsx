import { useLayoutEffect, useRef } from "preact/hooks";
import type { JSX } from "preact";
import { t } from "../../i18n.tsx";
import type { TextProps } from "./rich-text.tsx";
import { wordsOfMarkup } from "./text-forms.ts";
import { loaded, mount } from "./text.ts";

/** The text in words alone. */
export function PlainText({ hintId, onChange, onFiles }: TextProps): JSX.Element {
  const area = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    const element = area.current;
    if (element === null) return undefined;
    const unsubscribe = loaded.subscribe(({ markup }) => {
      element.value = wordsOfMarkup(markup);
      element.setSelectionRange(0, 0);
    });
    mount({
      markup: () => "",
      words: () => element.value,
      append: (more) => {
        element.value = `${element.value}\n${wordsOfMarkup(more)}`;
      },
      focus: () => {
        element.focus();
      },
    });
    return () => {
      unsubscribe();
      mount(null);
    };
  }, []);
  return (
    <textarea
      ref={area}
      class="editor is-plain"
      // A browser that restores forms would write the text to the disk.
      autocomplete="off"
      aria-label={t("form_text")}
      aria-describedby={hintId}
      onInput={onChange}
      onPaste={(event) => {
        const files = [...(event.clipboardData?.files ?? [])];
        if (files.length === 0) return;
        event.preventDefault();
        onFiles(files);
      }}
    />
  );
}
