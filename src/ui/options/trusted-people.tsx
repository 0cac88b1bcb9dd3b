import { useState } from "preact/hooks";
import type { JSX } from "preact";
import type { Failure } from "../../messages/answers.ts";
import type { PersonView } from "../../messages/page-answers.ts";
import { ask } from "../background-client.ts";
import { CertificateCard } from "../components/certificate-card.tsx";
import { FailureNotice } from "../components/failure-notice.tsx";
import { ForeignText } from "../components/foreign-text.tsx";
import { Icon } from "../components/icon.tsx";
import { tell } from "../components/status-line.tsx";
import { Text, t } from "../i18n.tsx";
import { people } from "../stored.ts";
import { words } from "../words.ts";
import { EmptyState } from "./empty-state.tsx";

function PersonEntry({ person }: { readonly person: PersonView }): JSX.Element {
  const [failure, setFailure] = useState<Failure | null>(null);
  const { decision, kind, address, certificate, since } = person;
  const forget = async (): Promise<void> => {
    const answer = await ask({ name: "forgetPerson", decision });
    setFailure(answer.ok ? null : answer.error);
    if (!answer.ok) return;
    people.value = answer.value;
    tell(words("people_forgotten", { address }));
  };
  return (
    <li class="card entry" data-person={decision} data-kind={kind}>
      <CertificateCard certificate={certificate} icon="id-card" withCode>
        <p class="certificate-line">
          <Text words={words(`people_${kind}`, { address, date: since })} />
        </p>
        {failure && <FailureNotice failure={failure} />}
      </CertificateCard>
      <div class="entry-actions">
        <button type="button" class="quiet" onClick={() => void forget()}>
          <Icon name="trash-2" />
          {t(`people_forget_${kind}`)}
          <span class="visually-hidden">
            {" "}
            <ForeignText text={address} />
          </span>
        </button>
      </div>
    </li>
  );
}

/** Certificates that the person vouches for at one address, or has linked with one; each can be taken back. */
export function TrustedPeople(): JSX.Element {
  const list = people.value ?? [];
  return (
    <section class="group" aria-labelledby="trust-people">
      <h2 id="trust-people">{t("people_title")}</h2>
      <p class="hint">{t("people_help")}</p>
      {list.length === 0 ? (
        <EmptyState icon="id-card" headline={t("people_empty")} sentence={t("people_empty_sentence")} />
      ) : (
        <ul class="entries">
          {list.map((person) => (
            <PersonEntry key={person.decision} person={person} />
          ))}
        </ul>
      )}
    </section>
  );
}
