import { useId, useRef, useState } from "preact/hooks";
import type { JSX } from "preact";
import { Icon } from "./icon.tsx";

interface Props {
  readonly title: string;
  readonly hint: string;
  /** Of the button, which works without a mouse. */
  readonly choose: string;
  readonly accept: string;
  readonly isMultiple: boolean;
  readonly onFiles: (files: readonly File[]) => void;
}

/** Where files come in: dropped, or chosen by a button. */
export function DropZone({ title, hint, choose, accept, isMultiple, onFiles }: Props): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  const hintId = useId();
  const [isOver, setOver] = useState(false);
  const over = (event: DragEvent): void => {
    event.preventDefault();
    setOver(true);
  };
  const take = (files: FileList | null | undefined): void => {
    if (files && files.length > 0) onFiles(isMultiple ? [...files] : [...files].slice(0, 1));
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
        <p class="drop-title">{title}</p>
        <p class="hint" id={hintId}>
          {hint}
        </p>
      </div>
      <button type="button" class="primary" aria-describedby={hintId} onClick={() => input.current?.click()}>
        {choose}
      </button>
      <input
        ref={input}
        type="file"
        multiple={isMultiple}
        hidden
        aria-label={choose}
        accept={accept}
        onChange={({ currentTarget }) => {
          take(currentTarget.files);
          currentTarget.value = "";
        }}
      />
    </div>
  );
}
