import { useState } from "preact/hooks";
import type { JSX } from "preact";
import { CertificateCard } from "../components/certificate-card.tsx";
import { ForeignText } from "../components/foreign-text.tsx";
import { Icon } from "../components/icon.tsx";
import { tell } from "../components/status-line.tsx";
import { personTitle } from "../identity/person-decision.tsx";
import { ReplacementDecision } from "../identity/replacement-decision.tsx";
import { Text, t } from "../i18n.tsx";
import type { ContactView } from "../../messages/page-answers.ts";
import { ask } from "../background-client.ts";
import { contacts } from "../stored.ts";
import { words } from "../words.ts";
import { CertificateDetails } from "./certificate-details.tsx";
import { CONTACT_FILTERS, contactState, findContacts, type ContactFilter } from "./contact-list.ts";
import { EmptyState } from "./empty-state.tsx";
import { ImportCertificates } from "./import-certificates.tsx";
import { PageHead } from "./page-head.tsx";
import { hrefOf, type Route } from "./route.ts";
import { SearchField } from "./search-field.tsx";
import { TrustContact } from "./trust-contact.tsx";

/** Rows in the page at first, and more at each wish: thousands at once would make every browser slow. */
const ROWS = 100;

async function remove({ address }: ContactView): Promise<void> {
  const answer = await ask({ name: "removeContact", address });
  if (!answer.ok) return;
  contacts.value = answer.value;
  tell(words("contact_removed", { address }));
}

function ContactEntry({ contact, now }: { readonly contact: ContactView; readonly now: number }): JSX.Element {
  const state = contactState(contact, now);
  const { address, certificate, source, since, replacement } = contact;
  const hidden = (
    <span class="visually-hidden">
      {" "}
      <ForeignText text={address} />
    </span>
  );
  return (
    <li class="card entry" data-contact={address} data-state={state}>
      <CertificateCard certificate={certificate} icon="id-card" title={<ForeignText text={address} />}>
        <p class="certificate-line">
          <span>
            <Text words={words(source === "file" ? "contact_from_file" : "contact_from_mail", { date: since })} />
          </span>
          {state === "sign-only" && <span>{t("contact_sign_only")}</span>}
        </p>
        {state === "waiting" && (
          <p class="certificate-remark">
            <Icon name="id-card" />
            {t("contact_waiting")}
          </p>
        )}
      </CertificateCard>
      <div class="entry-actions">
        {replacement !== null && (
          <a class="button primary" href={hrefOf("contacts", address, "compare")}>
            {t("contact_compare")}
            {hidden}
          </a>
        )}
        <a class="button quiet" href={hrefOf("contacts", address)}>
          {t("details")}
          {hidden}
        </a>
        <button type="button" class="quiet" onClick={() => void remove(contact)}>
          <Icon name="trash-2" />
          {t("remove")}
          {hidden}
        </button>
      </div>
    </li>
  );
}

function Back(): JSX.Element {
  return (
    <p class="back">
      <a href={hrefOf("contacts")}>{t("back_contacts")}</a>
    </p>
  );
}

interface PlaceProps {
  readonly contact: ContactView | undefined;
  /** What of the contact: nothing for its certificate, `compare`, `trust`. */
  readonly part: string | undefined;
}

function ContactPlace({ contact, part }: PlaceProps): JSX.Element {
  const back = (): void => {
    location.hash = hrefOf("contacts");
  };
  if (contact === undefined) {
    return (
      <>
        <Back />
        <PageHead title={t("contact_gone")} />
      </>
    );
  }
  const { address, certificate, replacement } = contact;
  if (part === "trust") {
    return (
      <>
        <Back />
        <PageHead title={<Text words={personTitle({ certificate, address })} />} />
        <TrustContact contact={contact} />
      </>
    );
  }
  if (part === "compare" && replacement !== null) {
    return (
      <>
        <Back />
        <PageHead title={<Text words={words("compare_title", { address })} />} />
        <ReplacementDecision
          contact={contact}
          replacement={replacement}
          onLater={back}
          onDecided={(taken) => {
            tell(words(taken === "new" ? "compare_taken" : "compare_kept", { address }));
            back();
          }}
        />
      </>
    );
  }
  return (
    <>
      <Back />
      <PageHead title={<ForeignText text={address} />} />
      <CertificateDetails certificate={certificate} />
      <p>
        <a class="button" href={hrefOf("contacts", address, "trust")}>
          {t("action_trust_certificate")}
        </a>
      </p>
    </>
  );
}

function Filters({
  current,
  onChoose,
}: {
  readonly current: ContactFilter;
  readonly onChoose: (filter: ContactFilter) => void;
}): JSX.Element {
  return (
    <div class="chips" role="group" aria-label={t("contacts_filter")}>
      {CONTACT_FILTERS.map((filter) => (
        <button
          key={filter}
          type="button"
          class="chip"
          aria-pressed={current === filter}
          onClick={() => {
            onChoose(filter);
          }}
        >
          {t(`contacts_filter_${filter}`)}
        </button>
      ))}
    </div>
  );
}

function Found({
  all,
  query,
  onReset,
}: {
  readonly all: readonly ContactView[];
  readonly query: string;
  readonly onReset: () => void;
}): JSX.Element {
  const [filter, setFilter] = useState<ContactFilter>("all");
  const [shown, setShown] = useState(ROWS);
  const now = Date.now();
  const found = findContacts(all, query, filter, now);
  const isSearch = found.length === 0 && query !== "";
  return (
    <>
      <Filters
        current={filter}
        onChoose={(next) => {
          setFilter(next);
          setShown(ROWS);
        }}
      />
      <p class="visually-hidden" role="status">
        <Text words={words("contacts_found", { n: found.length })} />
      </p>
      <ul class="entries">
        {found.slice(0, shown).map((contact) => (
          <ContactEntry key={contact.address} contact={contact} now={now} />
        ))}
      </ul>
      {found.length > shown && (
        <button
          type="button"
          onClick={() => {
            setShown(shown + ROWS);
          }}
        >
          <Text words={words("contacts_more", { n: found.length - shown })} />
        </button>
      )}
      {found.length === 0 && (
        <EmptyState
          icon="search"
          headline={t(isSearch ? "contacts_nobody" : "contacts_calm")}
          sentence={
            <Text
              words={
                isSearch
                  ? words("contacts_nobody_sentence", { query })
                  : words("contacts_calm_sentence", { n: all.length })
              }
            />
          }
        >
          <button
            type="button"
            onClick={() => {
              setFilter("all");
              onReset();
            }}
          >
            {t("show_all")}
          </button>
        </EmptyState>
      )}
    </>
  );
}

/** People whose certificates are known, with what waits for a decision on top. */
export function ContactsPage({ route }: { readonly route: Route }): JSX.Element {
  const [query, setQuery] = useState(route.query);
  const [place, part] = route.path;
  const isImporting = place === "import";
  const list = contacts.value;
  if (list === null) return <PageHead title={t("options_contacts")} />;
  if (place !== undefined && !isImporting) {
    return <ContactPlace contact={list.find(({ address }) => address === place)} part={part} />;
  }
  return (
    <>
      <PageHead
        title={t("options_contacts")}
        lead={t("contacts_lead")}
        action={
          !isImporting && (
            <a class="button primary" href={hrefOf("contacts", "import")}>
              <Icon name="plus" />
              {t("contacts_import")}
            </a>
          )
        }
      />
      {isImporting && <ImportCertificates kind="contacts" />}
      {list.length === 0
        ? !isImporting && (
            <EmptyState icon="users-round" headline={t("contacts_empty")} sentence={t("contacts_empty_sentence")} />
          )
        : !isImporting && (
            <>
              <SearchField label={t("contacts_search")} value={query} onInput={setQuery} />
              <Found
                all={list}
                query={query}
                onReset={() => {
                  setQuery("");
                }}
              />
            </>
          )}
    </>
  );
}
