import { render, type JSX } from "preact";
import { ForeignText } from "../components/foreign-text.tsx";
import { LiveRegions } from "../components/live-regions.tsx";
import { UnlockForm } from "../identity/unlock-form.tsx";
import { language, Text, t } from "../i18n.tsx";
import { ask } from "../background-client.ts";
import { identities, loadMark, loadVault, vault } from "../stored.ts";
import { words } from "../words.ts";

const close = (): void => {
  window.close();
};

function App(): JSX.Element {
  const addresses = [...new Set((identities.value ?? []).flatMap(({ emails }) => emails))];
  const [first] = addresses;
  const isOpen = vault.value?.kind === "unlocked";
  return (
    <main class="window">
      <h1>{first === undefined ? t("unlock_title") : <Text words={words("unlock_address", { address: first })} />}</h1>
      {addresses.length > 1 && (
        <p class="remark">
          <Text words={words("unlock_others", { n: addresses.length - 1 })} />{" "}
          {addresses.slice(1, 4).map((address, index) => (
            <span key={address}>
              {index > 0 && ", "}
              <ForeignText text={address} />
            </span>
          ))}
        </p>
      )}
      {isOpen ? (
        <>
          <p>{t("unlock_done")}</p>
          <div class="row actions">
            <button type="button" class="primary" onClick={close}>
              {t("window_close")}
            </button>
          </div>
        </>
      ) : (
        vault.value !== null && <UnlockForm onUnlocked={close} onClose={close} />
      )}
      <LiveRegions />
    </main>
  );
}

document.title = `${t("unlock_title")} – Signet`;
document.documentElement.lang = language();
window.addEventListener("keydown", ({ key }) => {
  if (key === "Escape") close();
});
render(<App />, document.body);
void Promise.all([loadMark(), ask({ name: "listIdentities" })]).then(async ([, answer]) => {
  if (answer.ok) identities.value = answer.value;
  await loadVault();
});
