import type { JSX } from "preact";
import type { AddressView, MessageView } from "../../messages/answers.ts";
import { ForeignText, visible } from "../components/foreign-text.tsx";
import { formatTime, t } from "../i18n.tsx";

/** Address first, name after it; no name that shows another address. The domain is never cut. */
function Mailbox({ mailbox }: { readonly mailbox: AddressView }): JSX.Element {
  const { address, name, nameShowsOtherAddress } = mailbox;
  const shown = address ?? "?";
  const at = shown.lastIndexOf("@");
  return (
    <span class="mailbox">
      <bdi dir="ltr" class="address">
        <span class="local-part">{visible(at < 0 ? shown : shown.slice(0, at))}</span>
        {at >= 0 && <span class="domain">{visible(shown.slice(at))}</span>}
      </bdi>
      {name !== "" && !nameShowsOtherAddress && (
        <span class="name">
          <ForeignText text={name} />
        </span>
      )}
    </span>
  );
}

function Addresses({ label, list }: { readonly label: string; readonly list: readonly AddressView[] }): JSX.Element {
  return (
    <div>
      <dt>{t(label)}</dt>
      <dd>
        {list.length === 0
          ? t("header_no_sender")
          : list.map((mailbox, index) => <Mailbox key={index} mailbox={mailbox} />)}
      </dd>
    </div>
  );
}

/** From, Date and Subject as the verdict was made with: the protected ones where there are any. */
export function HeaderFields({ view }: { readonly view: MessageView }): JSX.Element {
  const { inner, outer } = view;
  const from = inner && inner.from.length > 0 ? inner.from : outer.from;
  const to = inner && inner.to.length > 0 ? inner.to : outer.to;
  const cc = inner && inner.cc.length > 0 ? inner.cc : outer.cc;
  const date = inner?.date ?? outer.date;
  const subject = inner?.subject ?? outer.subject;
  return (
    <div class="header">
      <p class="subject" data-field="subject">
        <span class="visually-hidden">{t("header_subject")}: </span>
        {subject ? <ForeignText text={subject} /> : t("header_no_subject")}
      </p>
      <dl class="fields" aria-label={t("header_summary")}>
        <Addresses label="header_from" list={from} />
        {to.length > 0 && <Addresses label="header_to" list={to} />}
        {cc.length > 0 && <Addresses label="header_cc" list={cc} />}
        {date && (
          <div>
            <dt>{t("header_date")}</dt>
            <dd>
              <time dateTime={date.toISOString()}>{formatTime(date)}</time>
            </dd>
          </div>
        )}
      </dl>
    </div>
  );
}
