import type { JSX } from "preact";
import type { MessageView } from "../../messages/answers.ts";
import { visible } from "../components/foreign-text.tsx";
import { t } from "../i18n.tsx";
import { comparedAddresses } from "./compared-addresses.ts";

/** The addresses of a message one below the other; what differs from the first is marked. */
export function CompareAddresses({ view }: { readonly view: MessageView }): JSX.Element {
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
    </div>
  );
}
