import type { ComponentChildren, JSX } from "preact";
import type { MessageView } from "../../messages/answers.ts";
import { announce } from "../components/live-regions.tsx";
import { ForeignText } from "../components/foreign-text.tsx";
import { formatTime, t } from "../i18n.tsx";
import { words } from "../words.ts";
import { headerDifferences, type HeaderDifference } from "./header-differences.ts";

const plain = (value: HeaderDifference["signed"]): string => {
  if (typeof value === "string") return value;
  return "join" in value ? value.join(", ") : formatTime(value);
};

function Term({ name, children }: { readonly name: string; readonly children: ComponentChildren }): JSX.Element {
  return (
    <div>
      <dt>{t(name)}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** What of the header was signed, with what the webmail has in its place; the signed one is there to be taken. */
export function SignedHeader({ view }: { readonly view: MessageView }): JSX.Element {
  const copy = async (text: string): Promise<void> => {
    await navigator.clipboard.writeText(text);
    announce(words("signed_header_copied"));
  };
  return (
    <div class="panel-in-banner">
      {headerDifferences(view).map(({ field, signed, shown }) => (
        <section key={field} aria-label={t(`header_${field}`)} data-difference={field}>
          <dl class="addresses">
            <Term name={`signed_header_${field}`}>
              <ForeignText text={plain(signed)} />
            </Term>
            <Term name="signed_header_shown">
              <ForeignText text={plain(shown)} />
            </Term>
          </dl>
          <button type="button" onClick={() => void copy(plain(signed))}>
            {t("signed_header_copy")}
          </button>
        </section>
      ))}
    </div>
  );
}
