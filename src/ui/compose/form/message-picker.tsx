import type { JSX } from "preact";
import type { FolderMessage } from "../../../messages/secure-form.ts";
import { ForeignText } from "../../components/foreign-text.tsx";
import { Icon } from "../../components/icon.tsx";
import { formatTime, t } from "../../i18n.tsx";
import { folderView, lookInto, type Folder } from "./mailbox.ts";

interface Props {
  readonly folders: readonly Folder[];
  readonly title: string;
  /** Of the button at a message. */
  readonly act: (message: FolderMessage) => string;
  readonly isOffered?: (message: FolderMessage) => boolean;
  readonly onPick: (item: string) => void;
  readonly onClose: () => void;
}

/** Messages of the mailbox, to choose one of. */
export function MessagePicker({ folders, title, act, isOffered, onPick, onClose }: Props): JSX.Element | null {
  const view = folderView.value;
  if (view === null || !folders.includes(view.folder)) return null;
  const { items } = view;
  const shown = Array.isArray(items)
    ? (items as readonly FolderMessage[]).filter((item) => isOffered?.(item) ?? true)
    : [];
  return (
    <section class="message-picker" aria-label={title}>
      <div class="row picker-head">
        <h2>{title}</h2>
        {folders.length > 1 && (
          <div class="row" role="group" aria-label={t("picker_folders")}>
            {folders.map((folder) => (
              <button
                key={folder}
                type="button"
                class="quiet"
                aria-pressed={folder === view.folder}
                onClick={() => {
                  lookInto(folder);
                }}
              >
                {t(`folder_${folder}`)}
              </button>
            ))}
          </div>
        )}
        <button type="button" class="icon-button" aria-label={t("picker_close")} onClick={onClose}>
          <Icon name="x" />
        </button>
      </div>
      {items === "asked" && <p class="remark">{t("picker_asked")}</p>}
      {items === null && <p class="remark">{t("picker_failed")}</p>}
      {Array.isArray(items) && shown.length === 0 && <p class="remark">{t("picker_empty")}</p>}
      <ul class="picker-list">
        {shown.map((message) => (
          <li key={message.item}>
            <span class="picker-words">
              <span class="picker-subject">
                {message.subject === "" ? t("header_no_subject") : <ForeignText text={message.subject} />}
              </span>
              <span class="remark">
                <ForeignText text={message.from} />
                {message.date && ` · ${formatTime(message.date)}`}
              </span>
            </span>
            <button
              type="button"
              onClick={() => {
                onPick(message.item);
              }}
            >
              {act(message)}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
