import { useRef } from "preact/hooks";
import type { JSX } from "preact";
import { ForeignText } from "../../components/foreign-text.tsx";
import { Icon } from "../../components/icon.tsx";
import { formatSize, t, Text } from "../../i18n.tsx";
import { words } from "../../words.ts";
import { files, refused, removeFile, totalSize, type AttachedFile } from "./files.ts";

function FileItem({
  attached,
  onRemove,
}: {
  readonly attached: AttachedFile;
  readonly onRemove: () => void;
}): JSX.Element {
  const { file, status, done, isKept } = attached;
  const isUnderWay = status === "moving" || status === "elsewhere";
  const shown = file.name || t("attachment_unnamed");
  return (
    <li class={status === "unreadable" ? "tone-caution" : ""} data-file={file.name} data-status={status}>
      <Icon name={status === "unreadable" ? "file-warning" : file.type === "message/rfc822" ? "mail" : "paperclip"} />
      <span class="file-name">
        <ForeignText text={shown} />
      </span>
      <span class="remark">
        {status === "unreadable" ? t("file_unreadable") : formatSize(file.size)}
        {!isKept && `, ${t("file_not_kept")}`}
        {isUnderWay && (
          <>
            {" "}
            <progress max={Math.max(1, file.size)} value={done} aria-label={t("file_progress", { name: shown })} />
          </>
        )}
      </span>
      <button
        type="button"
        class="icon-button"
        aria-label={t(isUnderWay ? "file_cancel" : "file_remove", { name: shown })}
        onClick={onRemove}
      >
        <Icon name="x" />
      </button>
    </li>
  );
}

interface Props {
  readonly onFiles: (files: readonly File[]) => void;
  readonly onMessages: () => void;
  readonly onChange: () => void;
}

/** What goes along with the text, each with its size; large ones show how far they are. */
export function AttachmentList({ onFiles, onMessages, onChange }: Props): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  const list = files.value;
  return (
    <section class="form-files" aria-label={t("attachments_title")}>
      <div class="row">
        <button type="button" class="quiet" onClick={() => input.current?.click()}>
          <Icon name="paperclip" /> {t("files_attach")}
        </button>
        <button type="button" class="quiet" onClick={onMessages}>
          <Icon name="mail-plus" /> {t("files_attach_message")}
        </button>
        {list.length > 0 && (
          <span class="remark files-sum">
            <Text words={words("files_sum", { n: list.length, size: formatSize(totalSize.value) })} />
          </span>
        )}
      </div>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        aria-label={t("files_attach")}
        onChange={({ currentTarget }) => {
          onFiles([...(currentTarget.files ?? [])]);
          currentTarget.value = "";
        }}
      />
      {list.length > 0 && (
        <ul class="form-file-list">
          {list.map((attached) => (
            <FileItem
              key={attached.file.id}
              attached={attached}
              onRemove={() => {
                removeFile(attached.file.id);
                onChange();
              }}
            />
          ))}
        </ul>
      )}
      {refused.value.length > 0 && (
        <p class="field-error" role="alert">
          <Text words={words("files_too_large", { names: refused.value.join(", ") })} />
        </p>
      )}
    </section>
  );
}
