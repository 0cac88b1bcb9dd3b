import type { JSX } from "preact";
import type { MessageView } from "../../messages/answers.ts";
import { ForeignText } from "../components/foreign-text.tsx";
import { formatTime, t } from "../i18n.tsx";

/** From, Subject and Date as they were judged: what the webmail shows above may be something else (invariant 3). */
export function HeaderLine({ view }: { readonly view: MessageView }): JSX.Element {
  const { inner, outer } = view;
  const from = inner && inner.from.length > 0 ? inner.from : outer.from;
  const subject = inner?.subject ?? outer.subject;
  const date = inner?.date ?? outer.date;
  return (
    <dl class="header-line" aria-label={t("header_summary")}>
      <div>
        <dt>{t("header_from")}</dt>
        <dd>
          <ForeignText text={from.map(({ address }) => address ?? "?").join(", ") || t("header_no_sender")} />
        </dd>
      </div>
      <div>
        <dt>{t("header_subject")}</dt>
        <dd data-field="subject">{subject ? <ForeignText text={subject} /> : t("header_no_subject")}</dd>
      </div>
      {date && (
        <div>
          <dt>{t("header_date")}</dt>
          <dd>
            <time dateTime={date.toISOString()}>{formatTime(date)}</time>
          </dd>
        </div>
      )}
    </dl>
  );
}
