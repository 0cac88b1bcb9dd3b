import type { JSX } from "preact";
import type { AddressView, MessageView } from "../../messages/answers.ts";
import { ForeignText } from "../components/foreign-text.tsx";
import { t } from "../i18n.tsx";
import { addressOf } from "./shown-address.ts";

function Row({ label, list }: { readonly label: string; readonly list: readonly string[] }): JSX.Element | null {
  if (list.length === 0) return null;
  return (
    <div data-recipients={label}>
      <dt>{t(label)}</dt>
      <dd>
        {list.map((address, index) => (
          <div key={index}>
            <ForeignText text={address} />
          </div>
        ))}
      </dd>
    </div>
  );
}

const addresses = (list: readonly AddressView[]): readonly string[] => list.map(addressOf);

/** Whom a message was written to, as its sender protected it, and whose keys open it (`ux.md` B15 and N12). */
export function RecipientsPanel({ view: { inner, outer, known } }: { readonly view: MessageView }): JSX.Element {
  const { to, cc } = inner ?? outer;
  return (
    <div class="panel-in-banner">
      <dl class="addresses">
        <Row label="header_to" list={addresses(to)} />
        <Row label="header_cc" list={addresses(cc)} />
        <Row label="recipients_keys" list={known.recipients.map((address) => address ?? t("recipients_unknown_key"))} />
      </dl>
    </div>
  );
}
