import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { JSX } from "preact";
import { FailureNotice } from "../components/failure-notice.tsx";
import { Icon } from "../components/icon.tsx";
import type { IconName } from "../components/icon-shapes.ts";
import { LiveRegions } from "../components/live-regions.tsx";
import { MarkView } from "../components/mark-view.tsx";
import { StatusLine } from "../components/status-line.tsx";
import { formatCount, t } from "../i18n.tsx";
import { identities, mark, readFailure } from "../stored.ts";
import { AboutPage } from "./about.tsx";
import { attentionIn, sizeOf } from "./attention.ts";
import { ContactsPage } from "./contacts.tsx";
import { IdentitiesPage } from "./identities.tsx";
import { LockButton } from "./lock-button.tsx";
import { hrefOf, parseRoute, SECTIONS, type Route, type Section } from "./route.ts";
import { SettingsPage } from "./settings.tsx";
import { SitesPage } from "./sites.tsx";
import { TrustPage } from "./trust.tsx";

const route = signal<Route>(parseRoute(location.hash));

export function followLinks(): void {
  window.addEventListener("hashchange", () => {
    route.value = parseRoute(location.hash);
  });
}

const ICONS: Readonly<Record<Section, IconName>> = {
  identities: "key-round",
  contacts: "users-round",
  trust: "landmark",
  settings: "settings",
  sites: "globe",
  about: "info",
};

function Navigation({ current }: { readonly current: Section }): JSX.Element {
  return (
    <nav class="sections" aria-label={t("options_sections")}>
      <ul>
        {SECTIONS.map((section) => {
          const attention = attentionIn(section);
          const size = sizeOf(section);
          return (
            <li key={section}>
              <a href={hrefOf(section)} aria-current={section === current ? "page" : undefined}>
                <Icon name={ICONS[section]} />
                <span class="section-name">{t(`options_${section}`)}</span>
                {attention > 0 ? (
                  <span class="count needs-attention">
                    <span aria-hidden="true">{formatCount(attention)}</span>
                    <span class="visually-hidden">{t("options_attention", { n: attention })}</span>
                  </span>
                ) : (
                  size !== null && (
                    <span class="count" aria-hidden="true">
                      {formatCount(size)}
                    </span>
                  )
                )}
              </a>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

function Page({ current }: { readonly current: Route }): JSX.Element {
  switch (current.section) {
    case "identities":
      return <IdentitiesPage route={current} />;
    case "contacts":
      return <ContactsPage route={current} />;
    case "trust":
      return <TrustPage route={current} />;
    case "settings":
      return <SettingsPage route={current} />;
    case "sites":
      return <SitesPage />;
    case "about":
      return <AboutPage />;
  }
}

/** The options page: navigation, one section, a status line. */
export function App(): JSX.Element {
  const current = route.value;
  const content = useRef<HTMLElement>(null);
  const isFirst = useRef(true);
  const place = `${current.section}/${current.path.join("/")}`;
  useEffect(() => {
    document.title = `${t(`options_${current.section}`)} – Signet`;
    // A section is a page: a screen reader begins at its heading. The first one is where the browser begins anyway, and
    // a group of settings has a heading of its own, to which the section goes.
    const isGroup = current.section === "settings" && current.path.length > 0;
    if (!isFirst.current && !isGroup) content.current?.querySelector("h1")?.focus();
    isFirst.current = false;
  }, [place]);
  return (
    <div class="options">
      <header class="side">
        <div class="brand">
          <img src="/icons/seal-48.png" alt="" width="28" height="28" />
          <span class="brand-name">Signet</span>
          {mark.value && <MarkView mark={mark.value} />}
        </div>
        <Navigation current={current.section} />
        {identities.value !== null && <LockButton />}
      </header>
      <main ref={content} class="content">
        {readFailure.value && <FailureNotice failure={readFailure.value} />}
        <Page key={current.section} current={current} />
        <StatusLine />
      </main>
      <LiveRegions />
    </div>
  );
}
