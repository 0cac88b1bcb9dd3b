import { useId } from "preact/hooks";
import type { JSX } from "preact";
import type { MessageView } from "../../messages/answers.ts";
import { ForeignText } from "../components/foreign-text.tsx";
import { Icon } from "../components/icon.tsx";
import { t } from "../i18n.tsx";
import { Attachments, NestedParts } from "../message/attachments.tsx";
import type { BannerAction } from "../message/banner-panel.tsx";
import { BannerView } from "../message/banner-view.tsx";
import { bannerOf } from "../message/banner.ts";
import { FailureView } from "../message/failure-view.tsx";
import { HeaderFields } from "../message/header-fields.tsx";
import { ReadableBody } from "../message/readable-body.tsx";
import { safeFileName } from "../message/safe-file-name.ts";
import { saveFile } from "../message/save-file.ts";
import { askPassword } from "./password-question.tsx";
import { closeFile, identities, isTextOnly, openAgain, type OpenedFile } from "./state.ts";

interface Props {
  readonly file: OpenedFile;
  readonly onAction: (action: BannerAction, view: MessageView) => void;
}

function Content({ file, headingId, onAction }: Props & { readonly headingId: string }): JSX.Element {
  const { state, files, id } = file;
  const saveOriginal = async (): Promise<void> => {
    saveFile(new Uint8Array(await files.message.arrayBuffer()), safeFileName(files.message.name, "message.eml"));
  };
  switch (state.kind) {
    case "working":
      return (
        <p class="working" id={headingId}>
          {t("open_working", { name: files.message.name })}
        </p>
      );
    case "failed":
      return (
        <FailureView
          failure={state.failure}
          headingId={headingId}
          onAgain={() => {
            openAgain([id]);
          }}
        />
      );
    case "opened": {
      const { view, contents } = state;
      const isClosed = view.verdict.encryption === "cannot-decrypt";
      return (
        <>
          <BannerView
            banner={bannerOf(
              view,
              identities.value.flatMap(({ emails }) => emails),
            )}
            view={view}
            contents={contents}
            headingId={headingId}
            onAction={(action) => {
              if (action === "check-again") openAgain([id]);
              else if (action === "type-password") askPassword(file);
              else onAction(action, view);
            }}
            onSaveOriginal={() => void saveOriginal()}
          />
          <HeaderFields view={view} />
          {!isClosed && <ReadableBody view={view} contents={contents} isTextOnly={isTextOnly.value} />}
          <Attachments view={view} contents={contents} />
          <NestedParts view={view} contents={contents} />
        </>
      );
    }
  }
}

/** One opened file. */
export function MessageCard({ file, onAction }: Props): JSX.Element {
  const headingId = useId();
  const { name } = file.files.message;
  return (
    <article
      class="card message"
      aria-labelledby={headingId}
      data-file={name}
      aria-busy={file.state.kind === "working"}
    >
      <div class="card-bar">
        <span class="file-name">
          <ForeignText text={name} />
        </span>
        <button
          type="button"
          class="icon-button"
          aria-label={t("open_close", { name })}
          onClick={() => {
            closeFile(file.id);
          }}
        >
          <Icon name="x" />
        </button>
      </div>
      <Content file={file} headingId={headingId} onAction={onAction} />
    </article>
  );
}
