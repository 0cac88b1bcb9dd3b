import { useId, useRef, useState } from "preact/hooks";
import type { JSX } from "preact";
import { Icon } from "../components/icon.tsx";
import { t } from "../i18n.tsx";
import { pairFiles } from "./file-pairs.ts";
import { openFiles } from "./state.ts";

function take(files: FileList | null | undefined): void {
  if (files && files.length > 0) openFiles(pairFiles([...files]));
}

/** Where message files come in: dropped, or chosen by a button, which works without a mouse. */
export function DropZone(): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  const hintId = useId();
  const [isOver, setOver] = useState(false);
  const over = (event: DragEvent): void => {
    event.preventDefault();
    setOver(true);
  };
  return (
    <div
      class={isOver ? "drop-zone is-over" : "drop-zone"}
      onDragEnter={over}
      onDragOver={over}
      onDragLeave={() => {
        setOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer?.files);
      }}
    >
      <Icon name="upload" />
      <div class="drop-words">
        <p class="drop-title">{t("open_drop")}</p>
        <p class="hint" id={hintId}>
          {t("open_hint")}
        </p>
      </div>
      <button type="button" class="primary" aria-describedby={hintId} onClick={() => input.current?.click()}>
        {t("open_choose")}
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t("open_choose")}
        accept=".eml,.p7m,.p7s,.p7c,.mime,.sig,message/rfc822,application/pkcs7-mime,application/pkcs7-signature,*/*"
        onChange={({ currentTarget }) => {
          take(currentTarget.files);
          currentTarget.value = "";
        }}
      />
    </div>
  );
}
