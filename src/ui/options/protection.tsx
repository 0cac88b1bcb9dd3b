import { useRef, useState } from "preact/hooks";
import type { JSX } from "preact";
import type { Failure } from "../../messages/answers.ts";
import { FailureNotice } from "../components/failure-notice.tsx";
import { Icon } from "../components/icon.tsx";
import { Modal } from "../components/modal.tsx";
import { PassphraseField } from "../components/passphrase-field.tsx";
import { tell } from "../components/status-line.tsx";
import { chosenOf, NO_PROTECTION_YET, ProtectionChoice } from "../identity/protection-choice.tsx";
import { t } from "../i18n.tsx";
import { ask } from "../background-client.ts";
import { vault } from "../stored.ts";
import { EraseKeys } from "./erase-keys.tsx";
import { words } from "../words.ts";

/** Wraps the vault key anew. The passphrase that opens it now is asked first, also while it is open. */
function ChangeProtection({ onClose }: { readonly onClose: () => void }): JSX.Element {
  const isByPassphrase = vault.value?.protection === "passphrase";
  const current = useRef<HTMLInputElement>(null);
  const [state, setState] = useState(NO_PROTECTION_YET);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isWorking, setWorking] = useState(false);
  const code: string | undefined = failure?.code;
  const isWrong = code === "vault.wrong-passphrase";
  const change = async (): Promise<void> => {
    const choice = chosenOf(state);
    if (choice === null) {
      setState({ ...state, isChecked: true });
      return;
    }
    setWorking(true);
    const answer = await ask({
      name: "changeProtection",
      current: isByPassphrase ? (current.current?.value ?? "") : null,
      ...choice,
    });
    setWorking(false);
    setFailure(answer.ok ? null : answer.error);
    if (answer.ok) {
      vault.value = answer.value;
      onClose();
      tell(words("protection_changed"));
    } else {
      current.current?.focus();
      current.current?.select();
    }
  };
  return (
    <Modal title={t("protection_change_title")} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void change();
        }}
      >
        {isByPassphrase && (
          <PassphraseField
            label={t("protection_current")}
            field={current}
            autoComplete="current-password"
            error={isWrong ? t("unlock_wrong") : null}
          />
        )}
        <ProtectionChoice state={state} onChange={setState} isTitleHidden />
        {failure && !isWrong && <FailureNotice failure={failure} />}
        <div class="row actions">
          <button type="button" onClick={onClose}>
            {t("protection_keep")}
          </button>
          <button type="submit" class="primary" aria-disabled={isWorking}>
            {t(isWorking ? "import_storing" : "protection_change_act")}
          </button>
        </div>
      </form>
    </Modal>
  );
}

/** How all keys are kept on this computer, and the way to change it. */
export function ProtectionSection(): JSX.Element | null {
  const [isAsking, setAsking] = useState(false);
  const state = vault.value;
  if (state === null || state.kind === "none" || state.protection === null) return null;
  return (
    <section class="card entry" aria-labelledby="protection">
      <div class="certificate">
        <span class="certificate-icon">
          <Icon name={state.kind === "locked" ? "lock-keyhole" : "lock-keyhole-open"} />
        </span>
        <div>
          <h2 id="protection" class="certificate-name">
            {t("protection_title")}
          </h2>
          <p class="certificate-line">
            <span>{t(`protection_${state.protection}`)}</span>
            <span>{t(state.kind === "locked" ? "protection_locked" : "protection_unlocked")}</span>
          </p>
          {state.protection === "device" && <p class="certificate-remark">{t("protection_device_help")}</p>}
        </div>
      </div>
      <div class="entry-actions">
        <button
          type="button"
          class="quiet"
          onClick={() => {
            setAsking(true);
          }}
        >
          {t("protection_change")}
        </button>
        {state.protection === "passphrase" && state.kind === "locked" && <EraseKeys />}
      </div>
      {isAsking && (
        <ChangeProtection
          onClose={() => {
            setAsking(false);
          }}
        />
      )}
    </section>
  );
}
