import { useState } from "preact/hooks";
import type { JSX } from "preact";
import { CertificateCard } from "../components/certificate-card.tsx";
import { stateOf } from "../components/certificate-state.ts";
import { ForeignText } from "../components/foreign-text.tsx";
import { Icon } from "../components/icon.tsx";
import { shortName } from "../components/short-name.ts";
import { tell } from "../components/status-line.tsx";
import { ImportIdentity } from "../identity/import-identity.tsx";
import { formatCount, Text, t } from "../i18n.tsx";
import type { IdentityView } from "../../messages/page-answers.ts";
import { identities } from "../stored.ts";
import { words } from "../words.ts";
import { CertificateDetails } from "./certificate-details.tsx";
import { EmptyState } from "./empty-state.tsx";
import { PageHead } from "./page-head.tsx";
import { ProtectionSection } from "./protection.tsx";
import { RenewIdentity } from "./renew-identity.tsx";
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
        {stateOf(identity, Date.now()) === "ends-soon" && (
          <a class="button" href={hrefOf("identities", identity.fingerprint, "renew")}>
            {t("action_renew")}
            <span class="visually-hidden">
              {" "}
              <ForeignText text={titleOf(identity)} />
            </span>
          </a>
        )}
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

interface PlaceProps {
  readonly identity: IdentityView | undefined;
  readonly isRenewing: boolean;
  readonly onAdded: (added: readonly IdentityView[]) => void;
}

function IdentityPlace({ identity, isRenewing, onAdded }: PlaceProps): JSX.Element {
  const title = identity && titleOf(identity);
  return (
    <>
      <p class="back">
        <a href={hrefOf("identities")}>{t("back_identities")}</a>
      </p>
      {title === undefined ? (
        <PageHead title={t("identity_gone")} />
      ) : isRenewing ? (
        <PageHead title={<Text words={words("renew_title", { address: title })} />} />
      ) : (
        <PageHead title={<ForeignText text={title} />} />
      )}
      {identity &&
        (isRenewing ? (
          <RenewIdentity identity={identity} onAdded={onAdded} />
        ) : (
          <CertificateDetails certificate={identity} />
        ))}
    </>
  );
}

/** Own addresses with their certificates and keys; those that have ended stay and open old mail. */
export function IdentitiesPage({ route }: { readonly route: Route }): JSX.Element {
  const [place, part] = route.path;
  const isImporting = place === "import";
  const list = identities.value;
  if (list === null) return <PageHead title={t("options_identities")} />;
  const close = (): void => {
    location.hash = hrefOf("identities");
  };
  const finish = (added: readonly IdentityView[]): void => {
    told(added);
    close();
  };
  if (place !== undefined && !isImporting) {
    const identity = list.find(({ fingerprint }) => fingerprint === place);
    return <IdentityPlace identity={identity} isRenewing={part === "renew"} onAdded={finish} />;
  }
  const now = Date.now();
  const history = list.filter((identity) => stateOf(identity, now) === "ended");
  const current = list.filter((identity) => !history.includes(identity));
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
            onAdded={finish}
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
