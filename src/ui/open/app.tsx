import { signal } from "@preact/signals";
import type { JSX } from "preact";
import { Text, t } from "../i18n.tsx";
import { assertive, polite } from "./announcements.ts";
import type { BannerAction } from "./banner-view.tsx";
import { DropZone } from "./drop-zone.tsx";
import { IdentityPanel } from "./identity-panel.tsx";
import { MessageCard } from "./message-card.tsx";
import { openedFiles } from "./state.ts";
import { TrustPanel } from "./trust-panel.tsx";

const isAddingIdentity = signal(false);
const isAddingIssuer = signal(false);

function act(action: BannerAction): void {
  if (action === "import-key") isAddingIdentity.value = true;
  else isAddingIssuer.value = true;
}

function LiveRegions(): JSX.Element {
  return (
    <div class="visually-hidden">
      <div role="status" aria-live="polite" aria-atomic="true">
        {polite.value && <Text words={polite.value} />}
      </div>
      <div role="alert" aria-live="assertive" aria-atomic="true">
        {assertive.value && <Text words={assertive.value} />}
      </div>
    </div>
  );
}

/** The page *Open a message*. */
export function App(): JSX.Element {
  return (
    <>
      <header class="top">
        <img src="/icons/seal-48.png" alt="" width="28" height="28" />
        <span>Signet</span>
      </header>
      <main>
        <h1>{t("open_title")}</h1>
        <p class="lead">{t("open_lead")}</p>
        <div class="layout">
          <div class="messages">
            <DropZone />
            {openedFiles.value.map((file) => (
              <MessageCard key={file.id} file={file} onAction={act} />
            ))}
          </div>
          <aside class="panels" aria-label={`${t("identity_title")}, ${t("trust_title")}`}>
            <IdentityPanel isAdding={isAddingIdentity} />
            <TrustPanel isAdding={isAddingIssuer} />
          </aside>
        </div>
      </main>
      <LiveRegions />
    </>
  );
}
