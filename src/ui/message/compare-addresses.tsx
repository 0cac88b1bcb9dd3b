import type { JSX } from "preact";
import type { MessageView } from "../../messages/answers.ts";
import { visible } from "../components/foreign-text.tsx";
import { t } from "../i18n.tsx";
import { comparedAddresses } from "./compared-addresses.ts";

interface Props {
  readonly view: MessageView;
  /** Leads to the decision that both are one person; `null` where there is none to make. */
  readonly onLink: (() => void) | null;
}

/** The addresses of a message one below the other; what differs from the first is marked. */
export function CompareAddresses({ view, onLink }: Props): JSX.Element {
  return (
    <div class="panel-in-banner">
      <dl class="addresses">
        {comparedAddresses(view).map(({ label, address, differs: [start, end] }, index) => (
          <div key={index}>
            <dt>{t(label)}</dt>
            <dd>
              <bdi dir="ltr" class="code">
                {visible(address.slice(0, start))}
                {end > start && <mark>{visible(address.slice(start, end))}</mark>}
                {visible(address.slice(end))}
              </bdi>
            </dd>
          </div>
        ))}
      </dl>
      {onLink && (
        <button type="button" onClick={onLink}>
          {t("action_link_person")}
        </button>
      )}
    </div>
  );
}
