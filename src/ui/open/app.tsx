import { signal } from "@preact/signals";
import type { JSX } from "preact";
import { DropZone } from "../components/drop-zone.tsx";
import { LiveRegions } from "../components/live-regions.tsx";
import { t } from "../i18n.tsx";
import type { MessageView } from "../../messages/answers.ts";
import type { BannerAction } from "../message/banner-panel.tsx";
import { decidable } from "../message/decidable.ts";
import { pairFiles } from "./file-pairs.ts";
import { IdentityPanel } from "./identity-panel.tsx";
import { MessageCard } from "./message-card.tsx";
import { PasswordQuestion } from "./password-question.tsx";
import { askPerson, PersonQuestion } from "./person-question.tsx";
import { openedFiles, openFiles } from "./state.ts";
import { TrustPanel } from "./trust-panel.tsx";

const ACCEPT = ".eml,.p7m,.p7s,.p7c,.mime,.sig,message/rfc822,application/pkcs7-mime,application/pkcs7-signature,*/*";

const isAddingIdentity = signal(false);
const isAddingIssuer = signal(false);

const OPTIONS_PAGE = "../options/index.html";

function act(action: BannerAction, view: MessageView): void {
  const { openedWith } = view.known;
  switch (action) {
    // The smaller step first: one certificate for one address.
    case "review-issuer":
    case "trust-certificate":
    case "link-person": {
      const matter = decidable(view);
      if (matter === null) isAddingIssuer.value = true;
      else void askPerson(matter);
      return;
    }
    case "manage-trust":
    case "manage-links":
      open(`${OPTIONS_PAGE}#/trust/people`);
      return;
    case "renew":
      open(`${OPTIONS_PAGE}#/identities/${openedWith?.fingerprint ?? ""}/renew`);
      return;
    default:
      isAddingIdentity.value = true;
  }
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
            <DropZone
              title={t("open_drop")}
              hint={t("open_hint")}
              choose={t("open_choose")}
              accept={ACCEPT}
              isMultiple
              onFiles={(files) => {
                openFiles(pairFiles(files));
              }}
            />
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
      <PersonQuestion
        onIssuer={() => {
          isAddingIssuer.value = true;
        }}
      />
      <PasswordQuestion />
      <LiveRegions />
    </>
  );
}
