import type { Signal } from "@preact/signals";
import type { JSX } from "preact";
import type { Pkcs12View } from "../../messages/page-answers.ts";
import { ask, isNeeding } from "../background-client.ts";
import { Text, t } from "../i18n.tsx";
import { announce } from "../components/live-regions.tsx";
import { CertificateEntry } from "../components/certificate-entry.tsx";
import { ImportForm } from "./import-form.tsx";
import { Panel } from "./panel.tsx";
import { identities, openAgain } from "./state.ts";
import { words } from "../words.ts";

function Preview({ contents }: { readonly contents: Pkcs12View }): JSX.Element {
  const { identities: own, certificates, keysAlone, hasMac } = contents;
  return (
    <>
      <ul class="certificates">
        {own.map((entry) => (
          <CertificateEntry key={entry.fingerprint} certificate={entry} kind="identity" withCode />
        ))}
        {certificates.map((entry) => (
          <CertificateEntry key={entry.fingerprint} certificate={entry} kind="certificate" withCode />
        ))}
      </ul>
      {keysAlone > 0 && (
        <p class="hint">
          <Text words={words("identity_keys_alone", { n: keysAlone })} />
        </p>
      )}
      {!hasMac && <p class="hint">{t("identity_no_mac")}</p>}
      {own.length === 0 && <p class="hint">{t("identity_nothing_usable")}</p>}
    </>
  );
}

async function forget(): Promise<void> {
  const answer = await ask({ name: "forgetSessionIdentities" });
  if (!answer.ok) return;
  identities.value = answer.value;
  announce(words("identity_forgotten"));
  openAgain();
}

/** The session's identities, and how one comes in. */
export function IdentityPanel({ isAdding }: { readonly isAdding: Signal<boolean> }): JSX.Element {
  return (
    <Panel
      kind="identity"
      isAdding={isAdding}
      count={identities.value.filter(({ keep }) => keep === "session").length}
      onForget={() => void forget()}
    >
      {identities.value.length === 0 ? (
        <p class="hint">{t("identity_none")}</p>
      ) : (
        <ul class="certificates">
          {identities.value.map((entry) => (
            <CertificateEntry key={entry.fingerprint} certificate={entry} kind="identity" withCode={false} />
          ))}
        </ul>
      )}
      <p class="hint">{t("identity_session")}</p>
      <p>
        <a href="../options/index.html#/identities">{t("identity_session_link")}</a>
      </p>
      {isAdding.value && (
        <ImportForm<Pkcs12View>
          kind="identity"
          accept=".p12,.pfx,application/x-pkcs12"
          inspect={({ file, passphrase }) => ask({ name: "inspectPkcs12", file, passphrase })}
          preview={(contents) => <Preview contents={contents} />}
          count={(contents) => contents.identities.length}
          take={async ({ file, passphrase }, contents) => {
            const accept = contents.identities.map(({ fingerprint }) => fingerprint);
            const answer = await ask({ name: "importIdentities", file, passphrase, accept, keep: "session" });
            if (answer.ok && !isNeeding(answer.value)) {
              identities.value = answer.value;
              announce(words("identity_added", { n: accept.length }));
              openAgain();
            }
            return answer;
          }}
          onClose={() => {
            isAdding.value = false;
          }}
        />
      )}
    </Panel>
  );
}
