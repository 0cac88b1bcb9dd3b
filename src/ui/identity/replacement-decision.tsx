import { useState } from "preact/hooks";
import type { ComponentChildren, JSX } from "preact";
import type { Failure } from "../../messages/answers.ts";
import { CodeField } from "../components/code-field.tsx";
import { compareCode } from "../components/compared-code.ts";
import { Code } from "../components/code.tsx";
import { FailureNotice } from "../components/failure-notice.tsx";
import { ForeignText } from "../components/foreign-text.tsx";
import { shortName } from "../components/short-name.ts";
import { usageWords, validityWords } from "../components/certificate-card.tsx";
import { formatDate, Text, t } from "../i18n.tsx";
import type { CertificateView, ContactView } from "../../messages/page-answers.ts";
import { ask } from "../background-client.ts";
import { contacts } from "../stored.ts";
import { words } from "../words.ts";

interface Props {
  readonly contact: ContactView;
  readonly replacement: NonNullable<ContactView["replacement"]>;
  readonly onDecided: (taken: "old" | "new") => void;
  readonly onLater: () => void;
}

/** What of the known certificate and of the new one is put side by side. */
const ROWS: readonly (readonly [
  label: string,
  value: (certificate: CertificateView) => ComponentChildren,
  plain: (certificate: CertificateView) => string,
])[] = [
  ["compare_subject", ({ subject }) => <ForeignText text={shortName(subject)} />, ({ subject }) => subject],
  ["compare_issuer", ({ issuer }) => <ForeignText text={shortName(issuer)} />, ({ issuer }) => issuer],
  ["compare_key", ({ key }) => <bdi dir="ltr">{key}</bdi>, ({ key }) => key],
  ["compare_use", (certificate) => <Text words={usageWords(certificate)} />, ({ usages }) => usages.join()],
  [
    "compare_time",
    (certificate) => <Text words={validityWords(certificate)} />,
    ({ notBefore, notAfter }) => `${formatDate(notBefore)} ${formatDate(notAfter)}`,
  ],
  ["compare_code", ({ fingerprint }) => <Code hex={fingerprint} />, ({ fingerprint }) => fingerprint],
];

/** Two codes in one field: which of the certificates fits what the person was told. */
function foundIn(typed: string, old: CertificateView, fresh: CertificateView): string {
  const [forOld, forNew] = [compareCode(typed, old.fingerprint), compareCode(typed, fresh.fingerprint)];
  if (forNew === "empty") return "compare_help";
  if (forNew === "fits") return "compare_fits_new";
  if (forOld === "fits") return "compare_fits_old";
  if (forNew === "old-kind") return "compare_old_kind";
  return forNew === "short" || forOld === "short" ? "compare_short" : "compare_differs";
}

/** A certificate that would take the place of a known one: both side by side, and a person decides (attack 33). */
export function ReplacementDecision({ contact, replacement, onDecided, onLater }: Props): JSX.Element {
  const [failure, setFailure] = useState<Failure | null>(null);
  const [typed, setTyped] = useState("");
  const { certificate: old } = contact;
  const { certificate: fresh } = replacement;
  const isNewConfirmed = compareCode(typed, fresh.fingerprint) === "fits";
  const decide = async (take: "old" | "new"): Promise<void> => {
    const answer = await ask({
      name: "decideReplacement",
      address: contact.address,
      take,
      fingerprint: fresh.fingerprint,
    });
    if (!answer.ok) {
      setFailure(answer.error);
      return;
    }
    contacts.value = answer.value;
    onDecided(take);
  };
  return (
    <div class="stack">
      <p class="lead">{t("compare_lead")}</p>
      <div class="table-wrap card" tabIndex={0} role="region" aria-label={t("compare_table")}>
        <table class="compare">
          <thead>
            <tr>
              <td />
              <th scope="col">{t("compare_old")}</th>
              <th scope="col">
                <Text words={words("compare_new", { date: replacement.since })} />
              </th>
              <th scope="col">
                <span class="visually-hidden">{t("compare_result")}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {ROWS.map(([label, value, plain]) => {
              const isSame = plain(old) === plain(fresh);
              return (
                <tr key={label}>
                  <th scope="row">{t(label)}</th>
                  <td data-label={t("compare_old")}>{value(old)}</td>
                  <td data-label={t("compare_new_short")}>{value(fresh)}</td>
                  <td class={isSame ? "is-same" : "is-different"}>
                    {!isSame && <span aria-hidden="true">◆ </span>}
                    {t(isSame ? "compare_same" : "compare_different")}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <CodeField found={foundIn(typed, old, fresh)} onType={setTyped} />
      {failure && <FailureNotice failure={failure} />}
      <div class="row actions">
        <button type="button" class={isNewConfirmed ? undefined : "primary"} onClick={() => void decide("old")}>
          {t("compare_keep")}
        </button>
        <button type="button" onClick={onLater}>
          {t("compare_later")}
        </button>
        <button type="button" class={isNewConfirmed ? "primary" : undefined} onClick={() => void decide("new")}>
          {t("compare_take")}
        </button>
      </div>
    </div>
  );
}
