import type { JSX } from "preact";
import { ForeignText } from "../components/foreign-text.tsx";
import { shortName } from "../components/short-name.ts";
import { ImportIdentity } from "../identity/import-identity.tsx";
import { Text, t } from "../i18n.tsx";
import type { IdentityView } from "../../messages/page-answers.ts";
import { words } from "../words.ts";

interface Props {
  readonly identity: IdentityView;
  readonly onAdded: (added: readonly IdentityView[]) => void;
}

/** What to do for an identity that ends or has ended (`ux.md` N23, T6, H21): whom to ask, and where the answer goes. */
export function RenewIdentity({ identity, onAdded }: Props): JSX.Element {
  const { emails, issuer, subject, notAfter } = identity;
  const address = emails.length > 0 ? emails.join(", ") : shortName(subject);
  const isOver = notAfter.getTime() < Date.now();
  return (
    <div class="stack">
      <ol class="steps">
        <li>
          <Text words={words(isOver ? "renew_ask_over" : "renew_ask", { issuer: shortName(issuer), date: notAfter })} />
          <p>
            {t("renew_address")} <ForeignText text={address} />
          </p>
        </li>
        <li>{t("renew_file")}</li>
        <li>{t("renew_add")}</li>
      </ol>
      <ImportIdentity onAdded={onAdded} onClose={null} />
      <p class="hint">{t("renew_keep")}</p>
    </div>
  );
}
