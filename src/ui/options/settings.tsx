import { useEffect, useState } from "preact/hooks";
import type { JSX } from "preact";
import type { SettingGroup } from "../../settings/schema.ts";
import { Icon } from "../components/icon.tsx";
import { t } from "../i18n.tsx";
import { settings } from "../stored.ts";
import { EmptyState } from "./empty-state.tsx";
import { MarkSetting } from "./mark-setting.tsx";
import { PageHead } from "./page-head.tsx";
import { SearchField } from "./search-field.tsx";
import type { Route } from "./route.ts";
import { SettingRow } from "./setting-row.tsx";
import { findSettings } from "./settings-search.ts";

const GROUPS = ["writing", "reading", "keys"] as const satisfies readonly SettingGroup[];

/** Every setting, in groups, with a search over all; each acts at once. */
export function SettingsPage({ route }: { readonly route: Route }): JSX.Element {
  const [query, setQuery] = useState(route.query);
  const [group] = route.path;
  const isLoaded = settings.value !== null;
  useEffect(() => {
    if (group !== undefined) document.querySelector<HTMLElement>(`[data-group="${CSS.escape(group)}"] h2`)?.focus();
  }, [group, isLoaded]);
  const found = GROUPS.map((name) => ({ name, settings: findSettings(query, name, t) }));
  const isMarkFound =
    query === "" || `${t("mark_title")} ${t("mark_help")}`.toLowerCase().includes(query.toLowerCase());
  const isNothing = !isMarkFound && found.every(({ settings: list }) => list.length === 0);
  return (
    <>
      <PageHead title={t("options_settings")} lead={t("settings_lead")} />
      <SearchField label={t("settings_search")} value={query} onInput={setQuery} />
      {settings.value?.policy === "emptied" && (
        <div class="notice tone-caution">
          <span class="notice-icon">
            <Icon name="building-2" />
          </span>
          <p>{t("policy_emptied")}</p>
        </div>
      )}
      {isLoaded &&
        found.map(
          ({ name, settings: list }) =>
            list.length > 0 && (
              <section key={name} class="group" data-group={name} aria-labelledby={`group-${name}`}>
                <h2 id={`group-${name}`} tabIndex={-1}>
                  {t(`settings_${name}`)}
                </h2>
                <ul class="card settings">
                  {list.map((setting) => (
                    <SettingRow key={setting} name={setting} />
                  ))}
                </ul>
              </section>
            ),
        )}
      {isMarkFound && (
        <section class="group" data-group="mark" aria-labelledby="group-mark">
          <h2 id="group-mark" tabIndex={-1}>
            {t("mark_title")}
          </h2>
          <MarkSetting />
        </section>
      )}
      {isNothing && (
        <EmptyState icon="search" headline={t("settings_nothing")} sentence={t("settings_nothing_sentence", { query })}>
          <button
            type="button"
            onClick={() => {
              setQuery("");
            }}
          >
            {t("show_all")}
          </button>
        </EmptyState>
      )}
    </>
  );
}
