import { useId, useState } from "preact/hooks";
import type { JSX } from "preact";
import { native } from "../browser.ts";
import { ForeignText } from "../components/foreign-text.tsx";
import { Icon } from "../components/icon.tsx";
import { tell } from "../components/status-line.tsx";
import { Text, t } from "../i18n.tsx";
import { loadSites, sites } from "../stored.ts";
import type { SiteView } from "../../messages/page-answers.ts";
import { words } from "../words.ts";
import { EmptyState } from "./empty-state.tsx";
import { PageHead } from "./page-head.tsx";
import { originOf, patternOf } from "./site-address.ts";

async function turnOff({ origin }: SiteView): Promise<void> {
  await native().permissions.remove({ origins: [patternOf(origin)] });
  await loadSites();
  tell(words("site_removed", { host: new URL(origin).host }));
}

function SiteEntry({ site }: { readonly site: SiteView }): JSX.Element {
  const { host } = new URL(site.origin);
  return (
    <li class="card entry">
      <div class="certificate">
        <span class="certificate-icon">
          <Icon name="globe" />
        </span>
        <div>
          <p class="certificate-name">
            <ForeignText text={site.origin.startsWith("https://") ? host : site.origin} />
          </p>
          <p class="certificate-line">
            <span>{t(site.isManaged ? "setting_managed" : "site_on")}</span>
          </p>
        </div>
      </div>
      {!site.isManaged && (
        <div class="entry-actions">
          <button type="button" class="quiet" onClick={() => void turnOff(site)}>
            {t("site_turn_off")}
            <span class="visually-hidden"> {host}</span>
          </button>
        </div>
      )}
    </li>
  );
}

/** Adds a webmail by its address; the browser asks once more, in its own window. */
function AddSite(): JSX.Element {
  const id = useId();
  const [typed, setTyped] = useState("");
  const [problem, setProblem] = useState<"site_not_address" | "site_refused" | null>(null);
  const origin = originOf(typed);
  const host = origin === null ? null : new URL(origin).host;
  const add = async (): Promise<void> => {
    if (origin === null || host === null) {
      setProblem("site_not_address");
      return;
    }
    // First of all, while the click counts as one: browsers open their question only then.
    const isGranted = await native()
      .permissions.request({ origins: [patternOf(origin)] })
      .catch(() => false);
    setProblem(isGranted ? null : "site_refused");
    if (!isGranted) return;
    await loadSites();
    setTyped("");
    tell(words("site_added", { host }));
  };
  return (
    <form
      class="card stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <div class="field">
        <label for={id}>{t("site_address")}</label>
        <div class="field-line">
          <input
            id={id}
            type="url"
            inputMode="url"
            dir="ltr"
            placeholder="outlook.office.com"
            value={typed}
            aria-invalid={problem !== null}
            aria-describedby={`${id}-help`}
            onInput={({ currentTarget }) => {
              setTyped(currentTarget.value);
              setProblem(null);
            }}
          />
          <button type="submit" class="primary">
            {t("site_turn_on")}
          </button>
        </div>
        <p
          id={`${id}-help`}
          class={problem === null ? "remark" : "field-error"}
          role={problem === null ? undefined : "alert"}
        >
          {problem !== null ? (
            t(problem)
          ) : (
            <Text words={host === null ? words("site_help") : words("site_question", { host })} />
          )}
        </p>
      </div>
    </form>
  );
}

/** Webmails that Signet may see, and no others. */
export function SitesPage(): JSX.Element {
  const list = sites.value;
  return (
    <>
      <PageHead title={t("options_sites")} lead={t("sites_lead")} />
      {list !== null && list.length === 0 && (
        <EmptyState icon="globe" headline={t("sites_empty")} sentence={t("sites_empty_sentence")} />
      )}
      <AddSite />
      <ul class="entries">
        {(list ?? []).map((site) => (
          <SiteEntry key={site.origin} site={site} />
        ))}
      </ul>
    </>
  );
}
