import { useState } from "preact/hooks";
import type { ComponentChildren, JSX } from "preact";
import type { Failure } from "../../messages/answers.ts";
import { native } from "../browser.ts";
import { CertificateCard } from "../components/certificate-card.tsx";
import { FailureNotice } from "../components/failure-notice.tsx";
import { Icon } from "../components/icon.tsx";
import { announce, LiveRegions } from "../components/live-regions.tsx";
import { MarkChoice } from "../components/mark-choice.tsx";
import type { PersonalMark } from "../../settings/mark.ts";
import { ImportIdentity } from "../identity/import-identity.tsx";
import { chosenOf, NO_PROTECTION_YET, ProtectionChoice } from "../identity/protection-choice.tsx";
import { t } from "../i18n.tsx";
import { ask } from "../background-client.ts";
import { identities, keepMark, mark, readFailure, vault } from "../stored.ts";
import { words } from "../words.ts";

interface StepProps {
  readonly number: number;
  readonly title: string;
  readonly isDone: boolean;
  readonly children: ComponentChildren;
}

function Step({ number, title, isDone, children }: StepProps): JSX.Element {
  return (
    <section class={isDone ? "step is-done" : "step"} aria-labelledby={`step-${number}`}>
      <span class="step-number" aria-hidden="true">
        {isDone ? <Icon name="check" /> : number}
      </span>
      <div class="step-content">
        <h2 id={`step-${number}`} tabIndex={-1}>
          <span class="visually-hidden">{t("welcome_step", { n: number })} </span>
          {title}
          {isDone && <span class="visually-hidden"> {t("welcome_done")}</span>}
        </h2>
        {children}
      </div>
    </section>
  );
}

interface KeysProps {
  /** Stores the identity that waits for a vault; `null` while none does. */
  readonly store: (() => Promise<void>) | null;
}

/** How keys are kept: asked once, when there is the first one to keep. */
function KeysStep({ store }: KeysProps): JSX.Element {
  const [state, setState] = useState(NO_PROTECTION_YET);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isWorking, setWorking] = useState(false);
  const current = vault.value;
  if (current !== null && current.kind !== "none" && current.protection !== null) {
    return (
      <>
        <p>{t(`protection_${current.protection}_chosen`)}</p>
        <p class="remark">{t("welcome_change_later")}</p>
      </>
    );
  }
  if (store === null) return <p class="hint">{t("welcome_keys_later")}</p>;
  const make = async (): Promise<void> => {
    const choice = chosenOf(state);
    if (choice === null) {
      setState({ ...state, isChecked: true });
      return;
    }
    setWorking(true);
    const answer = await ask({ name: "createVault", ...choice });
    setFailure(answer.ok ? null : answer.error);
    if (answer.ok) {
      vault.value = answer.value;
      await store();
    }
    setWorking(false);
  };
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void make();
      }}
    >
      <ProtectionChoice state={state} onChange={setState} isTitleHidden />
      {failure && <FailureNotice failure={failure} />}
      <div class="row actions">
        <button type="submit" class="primary" aria-disabled={isWorking}>
          {t(isWorking ? "import_storing" : "welcome_add")}
        </button>
      </div>
    </form>
  );
}

interface CertificateProps {
  readonly onNeedsVault: (store: () => Promise<void>) => void;
  readonly onCancel: () => void;
}

/** What was added, or the way to it, or what works without it. */
function CertificateStep({ onNeedsVault, onCancel }: CertificateProps): JSX.Element {
  const [isLater, setLater] = useState(false);
  const own = identities.value ?? [];
  if (own.length > 0) {
    return (
      <>
        <ul class="certificates">
          {own.map((identity) => (
            <li key={identity.fingerprint}>
              <CertificateCard certificate={identity} icon="key-round" />
            </li>
          ))}
        </ul>
        <p class="remark">{t("welcome_file_left")}</p>
      </>
    );
  }
  if (isLater) {
    return (
      <>
        <p>{t("welcome_none")}</p>
        <div class="row">
          <button
            type="button"
            onClick={() => {
              setLater(false);
            }}
          >
            {t("welcome_with_file")}
          </button>
        </div>
      </>
    );
  }
  return (
    <ImportIdentity
      onNeedsVault={onNeedsVault}
      onClose={onCancel}
      onAdded={(added) => {
        announce(words("identity_ready", { n: added.length, address: added[0]?.emails[0] ?? "" }));
        focusStep(3);
      }}
      below={
        <div class="row">
          <button
            type="button"
            class="quiet"
            onClick={() => {
              setLater(true);
            }}
          >
            {t("welcome_later")}
          </button>
        </div>
      }
    />
  );
}

/** The next step takes the focus, when the page has drawn it. */
function focusStep(number: number): void {
  requestAnimationFrame(() => {
    document.getElementById(`step-${number}`)?.focus();
  });
}

/** The mark that chance has drawn, or the one that the person makes of it. */
function MarkStep(): JSX.Element {
  const [failure, setFailure] = useState<Failure | null>(null);
  const current = mark.value;
  const choose = async (next: PersonalMark): Promise<void> => {
    setFailure(await keepMark(next));
  };
  return (
    <>
      <p>{t("mark_help")}</p>
      {current && <MarkChoice mark={current} onChange={(next) => void choose(next)} />}
      {failure && <FailureNotice failure={failure} />}
    </>
  );
}

/** The page that opens once after installing: three steps to a working identity (`ux.md` 5.2). */
export function App(): JSX.Element {
  const [store, setStore] = useState<(() => Promise<void>) | null>(null);
  const isAdded = (identities.value ?? []).length > 0;
  return (
    <>
      <header class="top">
        <img src="/icons/seal-48.png" alt="" width="28" height="28" />
        <span>Signet</span>
      </header>
      <main class="first-run">
        <h1>{t("welcome_title")}</h1>
        <p class="lead">{t("welcome_lead")}</p>
        {readFailure.value && <FailureNotice failure={readFailure.value} />}
        <Step number={1} title={t("welcome_certificate")} isDone={isAdded}>
          <CertificateStep
            onNeedsVault={(next) => {
              setStore(() => next);
              focusStep(2);
            }}
            onCancel={() => {
              setStore(null);
            }}
          />
        </Step>
        <Step number={2} title={t("welcome_keys")} isDone={vault.value !== null && vault.value.kind !== "none"}>
          <KeysStep store={store} />
        </Step>
        <Step number={3} title={t("welcome_mark")} isDone={false}>
          <MarkStep />
        </Step>
        <div class="card next">
          <span class="next-icon">
            <Icon name="info" />
          </span>
          <div>
            <p>{t("welcome_webmail")}</p>
            <p>{t("welcome_doubt")}</p>
            <p>
              <a class="button" href={native().runtime.getURL("options/index.html")}>
                {t("welcome_options")}
              </a>
            </p>
          </div>
        </div>
      </main>
      <LiveRegions />
    </>
  );
}
