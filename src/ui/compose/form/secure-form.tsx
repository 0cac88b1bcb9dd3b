import { useEffect, useId, useState } from "preact/hooks";
import type { JSX } from "preact";
import { Icon } from "../../components/icon.tsx";
import { announce } from "../../components/live-regions.tsx";
import { t } from "../../i18n.tsx";
import { words } from "../../words.ts";
import { ask, isBusy } from "../compose-state.ts";
import { PlainText } from "../editor/plain-text.tsx";
import { RichText } from "../editor/rich-text.tsx";
import { focusEditor, format, setFormat } from "../editor/text.ts";
import { AttachmentList } from "./attachment-list.tsx";
import { draftId, isBccShown, isCcShown } from "./fields.ts";
import { attach } from "./files.ts";
import { FormNotices } from "./form-notices.tsx";
import { changed } from "./keeping.ts";
import { openSaved } from "./kept-drafts.ts";
import { folderView, lookInto, type Folder } from "./mailbox.ts";
import { MessagePicker } from "./message-picker.tsx";
import { RecipientField } from "./recipient-field.tsx";
import { SubjectLine } from "./subject-line.tsx";
import { review } from "./sending.ts";

const ATTACH_FROM: readonly Folder[] = ["inbox", "sentitems"];

const onChange = (): void => {
  changed();
  review(draftId.value);
};

const onFiles = (files: readonly File[]): void => {
  attach(files);
  onChange();
};

function FieldButtons(): JSX.Element | null {
  if (isCcShown.value && isBccShown.value) return null;
  return (
    <span class="field-buttons">
      {!isCcShown.value && (
        <button
          type="button"
          class="quiet"
          onClick={() => {
            isCcShown.value = true;
          }}
        >
          {t("header_cc")}
        </button>
      )}
      {!isBccShown.value && (
        <button
          type="button"
          class="quiet"
          onClick={() => {
            isBccShown.value = true;
          }}
        >
          {t("header_bcc")}
        </button>
      )}
    </span>
  );
}

function Pickers(): JSX.Element {
  const close = (): void => {
    folderView.value = null;
  };
  return (
    <>
      <MessagePicker
        folders={ATTACH_FROM}
        title={t("files_attach_message")}
        act={() => t("picker_attach")}
        onPick={(item) => {
          ask({ name: "fetchMessage", item });
          close();
        }}
        onClose={close}
      />
      <MessagePicker
        folders={["drafts"]}
        title={t("drafts_open")}
        act={() => t("offer_open")}
        isOffered={({ isEncrypted }) => isEncrypted}
        onPick={(item) => {
          openSaved(item);
          close();
        }}
        onClose={close}
      />
    </>
  );
}

/** The whole form of an encrypted message: nothing of it is in the page. */
export function SecureForm(): JSX.Element {
  const hintId = useId();
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    announce(words("taken_announcement"));
    focusEditor();
  }, []);
  const props = { hintId, onChange, onFiles };
  return (
    <div
      class={isOver ? "secure-form is-over" : "secure-form"}
      inert={isBusy.value}
      data-form={draftId.value}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        document.querySelector<HTMLElement>("[data-act=send]")?.focus();
      }}
      onDragOver={(event) => {
        if (event.dataTransfer?.types.includes("Files") !== true) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={({ relatedTarget }) => {
        if (relatedTarget === null) setOver(false);
      }}
      onDrop={(event) => {
        setOver(false);
        const files = [...(event.dataTransfer?.files ?? [])];
        if (files.length === 0) return;
        event.preventDefault();
        onFiles(files);
      }}
      // What is dragged out of the form would be the page's when it is let go over it. In front of the editor, which
      // would take it for the beginning of a move.
      onDragStartCapture={(event) => {
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <FormNotices />
      <div class="form-head">
        <RecipientField field="to" label={t("header_to")} onChange={onChange}>
          <FieldButtons />
        </RecipientField>
        {isCcShown.value && <RecipientField field="cc" label={t("header_cc")} onChange={onChange} />}
        {isBccShown.value && <RecipientField field="bcc" label={t("header_bcc")} onChange={onChange} />}
      </div>
      <SubjectLine onChange={onChange} />
      <div class="form-text" data-format={format.value}>
        {format.value === "rich" ? <RichText {...props} /> : <PlainText {...props} />}
        <p id={hintId} class="visually-hidden">
          {t("editor_hint")}
        </p>
        <p class="drop-hint" aria-hidden="true">
          <Icon name="upload" /> {t("files_drop")}
        </p>
      </div>
      <Pickers />
      <div class="form-foot">
        <AttachmentList
          onFiles={onFiles}
          onMessages={() => {
            lookInto("inbox");
          }}
          onChange={onChange}
        />
        <div class="row form-more">
          <button
            type="button"
            class="quiet"
            onClick={() => {
              setFormat(format.value === "rich" ? "plain" : "rich");
              onChange();
            }}
          >
            <Icon name="type" /> {t(format.value === "rich" ? "format_to_plain" : "format_to_rich")}
          </button>
          <button
            type="button"
            class="quiet"
            onClick={() => {
              lookInto("drafts");
            }}
          >
            <Icon name="file-lock" /> {t("drafts_open")}
          </button>
        </div>
      </div>
    </div>
  );
}
