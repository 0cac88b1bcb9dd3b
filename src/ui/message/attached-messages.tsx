import { useId } from "preact/hooks";
import type { JSX } from "preact";
import type { MessageView } from "../../messages/answers.ts";
import { ForeignText } from "../components/foreign-text.tsx";
import { Icon } from "../components/icon.tsx";
import { t } from "../i18n.tsx";
import { Attachments } from "./attachments.tsx";
import { BannerView } from "./banner-view.tsx";
import { bannerOf } from "./banner.ts";
import { Body } from "./body.tsx";
import { requestOf } from "./frame-acts.ts";
import { failureNotice } from "./frame-notices.ts";
import { ask, attached, openAttached, readers } from "./frame-state.ts";
import { HeaderFields } from "./header-fields.tsx";
import type { MessageState } from "./received-message.ts";
import { safeFileName } from "./safe-file-name.ts";
import { StateBanner } from "./state-banner.tsx";

interface Props {
  readonly view: MessageView;
  readonly contents: ReadonlyMap<string, Uint8Array>;
}

interface Entry {
  readonly path: string;
  readonly name: string;
}

const MESSAGE_TYPES: ReadonlySet<string> = new Set(["message/rfc822", "message/global"]);

interface InsideProps {
  readonly message: MessageState;
  readonly onAgain: () => void;
}

function OpenedInside({ message, onAgain }: InsideProps): JSX.Element {
  const headingId = useId();
  if (message.kind === "working") return <p class="working">{t("read_f1_headline")}</p>;
  if (message.kind === "failed") return <StateBanner notice={failureNotice(message.failure)} />;
  const { view, contents } = message;
  const banner = bannerOf(view, readers.value);
  return (
    <article class="attached" aria-labelledby={headingId}>
      <BannerView
        // A password is asked for the message of the view only.
        banner={banner.action === "type-password" ? { ...banner, action: null } : banner}
        view={view}
        headingId={headingId}
        contents={contents}
        onAction={(action) => {
          if (action === "check-again") onAgain();
          else if (action !== "compare" && action !== "type-password") ask(requestOf(action, view));
        }}
        onSaveOriginal={null}
      />
      <HeaderFields view={view} />
      {view.verdict.encryption !== "cannot-decrypt" && <Body view={view} contents={contents} />}
      <Attachments view={view} contents={contents} />
    </article>
  );
}

/** Messages inside a message: each opens in place at a press, is judged on its own, and lends nothing to the outer one. */
export function AttachedMessages({ view, contents }: Props): JSX.Element | null {
  const entries: Entry[] = [
    ...view.parts
      .filter(({ type, role }) => role === "attachment" && MESSAGE_TYPES.has(type))
      .map(({ path, name }) => ({ path, name: safeFileName(name, t("attachment_unnamed")) })),
    ...view.nested.map(({ path }) => ({ path: `nested/${path}`, name: `part-${path}.eml` })),
  ];
  if (entries.length === 0) return null;
  return (
    <div class="attachments">
      <h3>{t("attached_title")}</h3>
      <ul class="files">
        {entries.map(({ path, name }) => {
          const message = attached.value.get(path);
          const openIt = (): void => {
            openAttached(path, contents.get(path) ?? new Uint8Array());
          };
          return (
            <li key={path}>
              <Icon name="mail" />
              <span class="file-name">
                <ForeignText text={name} />
              </span>
              {message === undefined ? (
                <button type="button" aria-label={t("attached_open", { name })} onClick={openIt}>
                  {t("attached_open_short")}
                </button>
              ) : (
                <OpenedInside message={message} onAgain={openIt} />
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
