import { useState } from "preact/hooks";
import type { JSX } from "preact";
import type { Failure } from "../../messages/answers.ts";
import { CertificateCard } from "../components/certificate-card.tsx";
import { FailureNotice } from "../components/failure-notice.tsx";
import { Icon } from "../components/icon.tsx";
import { shortName } from "../components/short-name.ts";
import { tell } from "../components/status-line.tsx";
import { Switch } from "../components/switch.tsx";
import { formatCount, Text, t } from "../i18n.tsx";
import type { AnchorView } from "../../messages/page-answers.ts";
import { ask } from "../background-client.ts";
import { anchors } from "../stored.ts";
import { words } from "../words.ts";
import { EmptyState } from "./empty-state.tsx";
import { ImportCertificates } from "./import-certificates.tsx";
import { PageHead } from "./page-head.tsx";
import { hrefOf, type Route } from "./route.ts";
import { SearchField } from "./search-field.tsx";
import { TrustedPeople } from "./trusted-people.tsx";

function AnchorEntry({ anchor }: { readonly anchor: AnchorView }): JSX.Element {
  const [failure, setFailure] = useState<Failure | null>(null);
  const { fingerprint, origin, isTrusted, subject } = anchor;
  const name = shortName(subject);
  const turn = async (isOn: boolean): Promise<boolean> => {
    const answer = await ask({ name: "switchAnchor", fingerprint, isTrusted: isOn });
    setFailure(answer.ok ? null : answer.error);
    if (answer.ok) anchors.value = answer.value;
    return answer.ok;
  };
  const change = async (isOn: boolean): Promise<void> => {
    if (!(await turn(isOn))) return;
    tell(words(isOn ? "trust_on" : "trust_off", { name }), async () => {
      if (await turn(!isOn)) tell(words(isOn ? "trust_off" : "trust_on", { name }));
    });
  };
  const remove = async (): Promise<void> => {
    const answer = await ask({ name: "removeAnchor", fingerprint });
    setFailure(answer.ok ? null : answer.error);
    if (!answer.ok) return;
    anchors.value = answer.value;
    tell(words("trust_removed", { name }));
  };
  return (
    <li class="card entry" data-anchor={fingerprint}>
      <CertificateCard certificate={anchor} icon="landmark">
        {origin === "managed" && (
          <p class="managed">
            <Icon name="building-2" />
            {t("setting_managed")} <a href={hrefOf("about")}>{t("setting_managed_link")}</a>
          </p>
        )}
        {failure && <FailureNotice failure={failure} />}
      </CertificateCard>
      <div class="entry-actions">
        <Switch
          label={<Text words={words("trust_switch", { name })} />}
          isLabelHidden
          isOn={isTrusted}
          isReadOnly={origin === "managed"}
          onChange={(isOn) => void change(isOn)}
        />
        {origin === "user" && (
          <button type="button" class="quiet" onClick={() => void remove()}>
            <Icon name="trash-2" />
            {t("remove")}
            <span class="visually-hidden"> {name}</span>
          </button>
        )}
      </div>
    </li>
  );
}

function Entries({ list }: { readonly list: readonly AnchorView[] }): JSX.Element {
  return (
    <ul class="entries">
      {list.map((anchor) => (
        <AnchorEntry key={anchor.fingerprint} anchor={anchor} />
      ))}
    </ul>
  );
}

/** The anchors in which every word of the search stands. */
function search(list: readonly AnchorView[], query: string): readonly AnchorView[] {
  const wanted = query.toLowerCase().split(/\s+/);
  return list.filter(({ subject, issuer, fingerprint }) => {
    const text = `${subject} ${issuer} ${fingerprint}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}

/** Who may vouch for addresses: a person's own and the organisation's issuers above Mozilla's list. */
export function TrustPage({ route }: { readonly route: Route }): JSX.Element {
  const [query, setQuery] = useState(route.query);
  const isImporting = route.path[0] === "import";
  const list = anchors.value;
  if (route.path[0] === "people") {
    return (
      <>
        <p class="back">
          <a href={hrefOf("trust")}>{t("back_trust")}</a>
        </p>
        <PageHead title={t("options_trust")} lead={t("trust_lead")} />
        <TrustedPeople />
      </>
    );
  }
  if (list === null) return <PageHead title={t("options_trust")} />;
  const own = list.filter(({ origin }) => origin !== "built-in");
  const builtIn = list.filter(({ origin }) => origin === "built-in");
  const found = search(builtIn, query);
  const managed = own.filter(({ origin }) => origin === "managed").length;
  return (
    <>
      <PageHead
        title={t("options_trust")}
        lead={t("trust_lead")}
        action={
          !isImporting && (
            <a class="button primary" href={hrefOf("trust", "import")}>
              <Icon name="plus" />
              {t("trust_import")}
            </a>
          )
        }
      />
      {isImporting ? (
        <ImportCertificates kind="trust" />
      ) : (
        <>
          <section class="group" aria-labelledby="trust-own">
            <h2 id="trust-own">{t("trust_own")}</h2>
            {own.length === 0 ? (
              <EmptyState
                icon="landmark"
                headline={t("trust_own_empty")}
                sentence={<Text words={words("trust_own_empty_sentence", { n: builtIn.length, m: managed })} />}
              />
            ) : (
              <Entries list={own} />
            )}
          </section>
          <TrustedPeople />
          <section class="group" aria-labelledby="trust-mozilla">
            <h2 id="trust-mozilla">
              {t("trust_mozilla")} <span class="count">{formatCount(builtIn.length)}</span>
            </h2>
            <p class="hint">{t("trust_mozilla_help")}</p>
            <SearchField label={t("trust_search")} value={query} onInput={setQuery} />
            <p class="visually-hidden" role="status">
              {query !== "" && <Text words={words("trust_found", { n: found.length })} />}
            </p>
            <Entries list={found} />
            {found.length === 0 && (
              <EmptyState
                icon="search"
                headline={t("trust_nobody")}
                sentence={<Text words={words("trust_nobody_sentence", { query })} />}
              />
            )}
          </section>
        </>
      )}
    </>
  );
}
