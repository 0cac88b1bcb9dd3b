import { useMemo } from "preact/hooks";
import type { JSX } from "preact";
import { ForeignText } from "../components/foreign-text.tsx";
import { t } from "../i18n.tsx";
import { BodyFrame } from "../message/body-frame.tsx";
import { htmlDocument } from "../message/trusted-document.ts";
import type { DraftInSight } from "./shown-draft.ts";

function Line({ label, list }: { readonly label: string; readonly list: readonly string[] }): JSX.Element | null {
  if (list.length === 0) return null;
  return (
    <div>
      <dt>{t(label)}</dt>
      <dd data-list={label}>
        {list.map((item, index) => (
          <span key={index} class="item">
            <ForeignText text={item} />
          </span>
        ))}
      </dd>
    </div>
  );
}

/** What will be signed, and nothing else: from this the message is made, not from the page. */
export function DraftPreview({ shown }: { readonly shown: DraftInSight }): JSX.Element {
  const { draft, markup, unreadable } = shown;
  const document = useMemo(() => htmlDocument(markup), [markup]);
  return (
    <section class="preview" aria-label={t("send_preview")}>
      <dl class="fields">
        <Line label="header_from" list={[draft.from]} />
        <Line label="header_to" list={draft.to} />
        <Line label="header_cc" list={draft.cc} />
        <Line label="header_bcc" list={draft.bcc} />
        <Line label="send_unreadable" list={unreadable} />
        <Line label="header_subject" list={[draft.subject || t("header_no_subject")]} />
        <Line label="attachments_title" list={draft.attachments.map(({ name }) => name)} />
      </dl>
      <BodyFrame document={document} title={t("send_preview_text")} />
    </section>
  );
}
