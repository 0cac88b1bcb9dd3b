import type { JSX } from "preact";
import { ForeignText } from "../components/foreign-text.tsx";
import { formatDate, t } from "../i18n.tsx";
import { ask, choice, choose, isBusy, settings } from "./compose-state.ts";

/** Who signs: one certificate is said, several are to choose from. */
export function Signer(): JSX.Element {
  const signer = choice.value;
  const usable = settings.value?.choices.filter(({ isUsable }) => isUsable) ?? [];
  if (signer === null) {
    return (
      <span class="signer">
        {t("compose_t5")}{" "}
        <button
          type="button"
          class="quiet"
          onClick={() => {
            ask({ name: "showPage", page: "identities" });
          }}
        >
          {t("compose_add_certificate")}
        </button>
      </span>
    );
  }
  if (!signer.isUsable) {
    return (
      <span class="signer">
        {t("compose_t6", { date: signer.notAfter })}{" "}
        <button
          type="button"
          class="quiet"
          onClick={() => {
            ask({ name: "renew", certificate: signer.fingerprint });
          }}
        >
          {t("action_renew")}
        </button>
      </span>
    );
  }
  if (usable.length < 2) {
    return (
      <span class="signer">
        {t("compose_signed_as")} <ForeignText text={signer.emails.join(", ")} />
      </span>
    );
  }
  return (
    <label class="signer">
      {t("compose_signed_as")}{" "}
      <select
        value={signer.fingerprint}
        disabled={isBusy.value}
        onChange={(event) => {
          choose(event.currentTarget.value);
        }}
      >
        {usable.map(({ fingerprint, emails, issuer, notAfter }) => (
          <option key={fingerprint} value={fingerprint}>
            {t("compose_choice", { address: emails.join(", "), issuer, date: formatDate(notAfter) })}
          </option>
        ))}
      </select>
    </label>
  );
}
