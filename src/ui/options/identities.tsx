import { useState } from "preact/hooks";
import type { JSX } from "preact";
import { CertificateCard } from "../components/certificate-card.tsx";
import { stateOf } from "../components/certificate-state.ts";
import { ForeignText } from "../components/foreign-text.tsx";
import { Icon } from "../components/icon.tsx";
import { shortName } from "../components/short-name.ts";
import { tell } from "../components/status-line.tsx";
import { ImportIdentity } from "../identity/import-identity.tsx";
import { formatCount, t } from "../i18n.tsx";
import type { IdentityView } from "../../messages/page-answers.ts";
import { identities } from "../stored.ts";
import { words } from "../words.ts";
import { CertificateDetails } from "./certificate-details.tsx";
import { EmptyState } from "./empty-state.tsx";
import { PageHead } from "./page-head.tsx";
import { ProtectionSection } from "./protection.tsx";
import { RemoveIdentity } from "./remove-identity.tsx";
import { hrefOf, type Route } from "./route.ts";

/** The address that an identity is known by, else its name. */
export const titleOf = ({ emails, subject }: IdentityView): string => emails[0] ?? shortName(subject);

function IdentityEntry({ identity }: { readonly identity: IdentityView }): JSX.Element {
  const [isRemoving, setRemoving] = useState(false);
  return (
    <li class="card entry" data-identity={identity.fingerprint}>
      <CertificateCard certificate={identity} icon="key-round" />
      <div class="entry-actions">
        <a class="button quiet" href={hrefOf("identities", identity.fingerprint)}>
          {t("details")}
          <span class="visually-hidden">
            {" "}
            <ForeignText text={titleOf(identity)} />
          </span>
        </a>
        <button
          type="button"
          class="quiet is-danger"
          onClick={() => {
            setRemoving(true);
          }}
        >
          <Icon name="trash-2" />
          {t("remove")}
          <span class="visually-hidden">
            {" "}
            <ForeignText text={titleOf(identity)} />
          </span>
        </button>
      </div>
      {isRemoving && (
        <RemoveIdentity
          identity={identity}
          onClose={() => {
            setRemoving(false);
          }}
        />
      )}
    </li>
  );
}

function Entries({ list }: { readonly list: readonly IdentityView[] }): JSX.Element {
  return (
    <ul class="entries">
      {list.map((identity) => (
        <IdentityEntry key={identity.fingerprint} identity={identity} />
      ))}
    </ul>
  );
}

function told(added: readonly IdentityView[]): void {
  const [first] = added;
  if (first === undefined) return;
  tell(words("identity_ready", { n: added.length, address: titleOf(first) }));
}

function Details({ identity }: { readonly identity: IdentityView | undefined }): JSX.Element {
  return (
    <>
      <p class="back">
        <a href={hrefOf("identities")}>{t("back_identities")}</a>
      </p>
      <PageHead title={identity ? <ForeignText text={titleOf(identity)} /> : t("identity_gone")} />
      {identity && <CertificateDetails certificate={identity} />}
    </>
  );
}

/** Own addresses with their certificates and keys; those that have ended stay and open old mail. */
export function IdentitiesPage({ route }: { readonly route: Route }): JSX.Element {
  const [place] = route.path;
  const isImporting = place === "import";
  const list = identities.value;
  if (list === null) return <PageHead title={t("options_identities")} />;
  if (place !== undefined && !isImporting) {
    return <Details identity={list.find(({ fingerprint }) => fingerprint === place)} />;
  }
  const now = Date.now();
  const history = list.filter((identity) => stateOf(identity, now) === "ended");
  const current = list.filter((identity) => !history.includes(identity));
  const close = (): void => {
    location.hash = hrefOf("identities");
  };
  return (
    <>
      <PageHead
        title={t("options_identities")}
        lead={t("identities_lead")}
        action={
          !isImporting &&
          list.length > 0 && (
            <a class="button primary" href={hrefOf("identities", "import")}>
              <Icon name="plus" />
              {t("identities_add")}
            </a>
          )
        }
      />
      {(isImporting || list.length === 0) && (
        <section class="stack" aria-label={t("identities_add")}>
          <ImportIdentity
            onAdded={(added) => {
              told(added);
              close();
            }}
            onClose={close}
            above={
              list.length === 0 && (
                <EmptyState
                  icon="key-round"
                  headline={t("identities_empty")}
                  sentence={t("identities_empty_sentence")}
                />
              )
            }
          />
          {isImporting && list.length > 0 && (
            <p>
              <a href={hrefOf("identities")}>{t("back_identities")}</a>
            </p>
          )}
        </section>
      )}
      <Entries list={current} />
      {list.length > 0 && (
        <details class="history">
          <summary>
            {t("identity_history")} ({formatCount(history.length)})
          </summary>
          {history.length === 0 ? <p class="hint">{t("identity_history_empty")}</p> : <Entries list={history} />}
        </details>
      )}
      <ProtectionSection />
    </>
  );
}
