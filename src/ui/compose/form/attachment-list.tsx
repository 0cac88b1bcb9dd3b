import { useRef } from "preact/hooks";
import type { JSX } from "preact";
import { ForeignText } from "../../components/foreign-text.tsx";
import { Icon } from "../../components/icon.tsx";
import { formatSize, t, Text } from "../../i18n.tsx";
import { words } from "../../words.ts";
import { files, refused, removeFile, totalSize, type AttachedFile } from "./files.ts";
import { tooLargeHold } from "./holds.ts";
import { messageSize, sizeLimit, tooLarge } from "./message-size.ts";

/** A text of this size, with pictures in it, is said too. Bytes. */
const WORTH_SAYING = 1_000_000;

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

/** What the message will have once it is encrypted, beside what the server takes; and what to do where that is less. */
function EncryptedSize(): JSX.Element | null {
  const limit = sizeLimit.value;
  const large = tooLarge.value;
  const size = formatSize(messageSize.value);
  if (large !== null) {
    const { id, params } = tooLargeHold(large);
    return (
      <p class="field-error" role="alert" data-size="too-large">
        <Text words={words(`send_${id}_sentence`, params)} />
      </p>
    );
  }
  if (files.value.length === 0 && messageSize.value < WORTH_SAYING) return null;
  return (
    <p class="remark" data-size="fits">
      <Text
        words={
          limit === null
            ? words("files_encrypted", { size })
            : words("files_encrypted_of", { size, limit: formatSize(limit) })
        }
      />
    </p>
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
      <EncryptedSize />
      {refused.value.length > 0 && (
        <p class="field-error" role="alert">
          <Text words={words("files_too_large", { names: refused.value.join(", ") })} />
        </p>
      )}
    </section>
  );
}
