import { signal } from "@preact/signals";
import type { JSX } from "preact";
import type { CertificateView } from "../../messages/page-answers.ts";
import { ask } from "../background-client.ts";
import { Modal } from "../components/modal.tsx";
import { PersonDecision, personTitle } from "../identity/person-decision.tsx";
import { Text, t } from "../i18n.tsx";
import type { Decidable } from "../message/decidable.ts";
import { openAgain } from "./state.ts";

interface Asked {
  readonly certificate: CertificateView;
  readonly der: Uint8Array;
  readonly address: string;
}

const asked = signal<Asked | null>(null);

/** Puts the question whether a signer's certificate counts for the address that a message is from. */
export async function askPerson({ certificate: der, address }: Decidable): Promise<void> {
  const answer = await ask({ name: "inspectAnchors", file: der });
  const certificate = answer.ok ? answer.value[0] : undefined;
  if (certificate !== undefined) asked.value = { certificate, der, address };
}

const close = (): void => {
  asked.value = null;
};

/** @param onIssuer the larger step, an issuer for everybody */
export function PersonQuestion({ onIssuer }: { readonly onIssuer: () => void }): JSX.Element | null {
  const matter = asked.value;
  if (matter === null) return null;
  return (
    <Modal title={<Text words={personTitle(matter)} />} isWide onClose={close}>
      <PersonDecision
        {...matter}
        onLater={close}
        onDecided={() => {
          close();
          openAgain();
        }}
      >
        <p class="hint">
          {t("person_issuer")}{" "}
          <button
            type="button"
            class="quiet"
            onClick={() => {
              close();
              onIssuer();
            }}
          >
            {t("trust_add")}
          </button>
        </p>
      </PersonDecision>
    </Modal>
  );
}
