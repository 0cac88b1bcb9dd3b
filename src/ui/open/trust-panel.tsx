import type { Signal } from "@preact/signals";
import type { JSX } from "preact";
import type { CertificateSummary } from "../../messages/answers.ts";
import { ask } from "../background-client.ts";
import { t } from "../i18n.tsx";
import { announce } from "../components/live-regions.tsx";
import { CertificateEntry } from "../components/certificate-entry.tsx";
import { ImportForm } from "./import-form.tsx";
import { Panel } from "./panel.tsx";
import { anchors, openAgain, showAnchors } from "./state.ts";
import { words } from "../words.ts";

type Certificates = readonly CertificateSummary[];

/** Of a file with a whole chain only the issuers; a file without any may hold one person's own certificate. */
function trustable(certificates: Certificates): Certificates {
  const issuers = certificates.filter(({ isAuthority }) => isAuthority);
  return issuers.length > 0 ? issuers : certificates;
}

function Entries({
  certificates,
  withCode,
}: {
  readonly certificates: Certificates;
  readonly withCode: boolean;
}): JSX.Element {
  return (
    <ul class="certificates">
      {certificates.map((entry) => (
        <CertificateEntry key={entry.fingerprint} certificate={entry} kind="certificate" withCode={withCode} />
      ))}
    </ul>
  );
}

async function forget(): Promise<void> {
  const answer = await ask({ name: "removeOwnAnchors" });
  if (!answer.ok) return;
  showAnchors(answer.value);
  announce(words("trust_forgotten"));
  openAgain();
}

/** The issuers that count beside the built-in ones, for the session. */
export function TrustPanel({ isAdding }: { readonly isAdding: Signal<boolean> }): JSX.Element {
  return (
    <Panel
      kind="trust"
      isAdding={isAdding}
      count={anchors.value.filter(({ origin }) => origin === "user").length}
      onForget={() => void forget()}
    >
      {anchors.value.length > 0 && <Entries certificates={anchors.value} withCode={false} />}
      <p class="hint">{t("trust_builtin")}</p>
      {isAdding.value && (
        <ImportForm<Certificates>
          kind="trust"
          accept=".pem,.crt,.cer,.der,.p7b,.p7c,.sst,application/x-x509-ca-cert"
          inspect={({ file }) => ask({ name: "inspectAnchors", file })}
          preview={(certificates) => (
            <>
              <Entries certificates={certificates} withCode />
              <p class="hint">{t("trust_question")}</p>
            </>
          )}
          count={(certificates) => trustable(certificates).length}
          take={async ({ file }, certificates) => {
            const accept = trustable(certificates).map(({ fingerprint }) => fingerprint);
            const answer = await ask({ name: "trustAnchors", file, accept });
            if (answer.ok) {
              showAnchors(answer.value);
              announce(words("trust_added", { n: accept.length }));
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
