import { useState } from "preact/hooks";
import type { JSX } from "preact";
import type { Failure } from "../../messages/answers.ts";
import { FailureNotice } from "../components/failure-notice.tsx";
import { MarkView } from "../components/mark-view.tsx";
import { PassphraseField } from "../components/passphrase-field.tsx";
import { useLateField, useWait } from "../components/secret-field.ts";
import { Text, t } from "../i18n.tsx";
import { ask } from "../background-client.ts";
import { loadVault, mark, vault } from "../stored.ts";
import { words } from "../words.ts";

interface Props {
  readonly onUnlocked: () => void;
  /** Leaves everything locked. */
  readonly onClose: () => void;
}

/** Asks for the passphrase of the vault. Mounted in windows and pages of the extension only, never in a frame. */
export function UnlockForm({ onUnlocked, onClose }: Props): JSX.Element {
  const { field, isReady } = useLateField();
  const [isWorking, setWorking] = useState(false);
  const [isWrong, setWrong] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const isByDevice = vault.value?.protection === "device";
  const wait = useWait(vault.value?.waitUntil ?? null);
  const unlock = async (): Promise<void> => {
    const passphrase = isByDevice ? null : (field.current?.value ?? "");
    if (passphrase === "" || isWorking || wait > 0) {
      field.current?.focus();
      return;
    }
    setWorking(true);
    const answer = await ask({ name: "unlock", passphrase });
    setWorking(false);
    if (answer.ok) {
      vault.value = answer.value;
      onUnlocked();
      return;
    }
    const code: string = answer.error.code;
    const isRefused = code === "vault.wrong-passphrase" || code === "vault.wait";
    setWrong(isRefused);
    setFailure(isRefused ? null : answer.error);
    await loadVault();
    field.current?.focus();
    field.current?.select();
  };
  const error = wait > 0 ? <Text words={words("unlock_wait", { n: wait })} /> : isWrong ? t("unlock_wrong") : null;
  return (
    <form
      class="unlock"
      onSubmit={(event) => {
        event.preventDefault();
        void unlock();
      }}
    >
      {isByDevice ? (
        <p class="unlock-device">
          {mark.value && <MarkView mark={mark.value} />} {t("unlock_device")}
        </p>
      ) : (
        <PassphraseField
          label={t("unlock_passphrase")}
          field={field}
          autoComplete="current-password"
          isDisabled={!isReady}
          error={error}
          hint={isWrong ? t("unlock_wrong_help") : undefined}
          before={mark.value && <MarkView mark={mark.value} />}
          onInput={() => {
            setWrong(false);
          }}
        />
      )}
      {failure && <FailureNotice failure={failure} />}
      <div class="row actions">
        <button type="button" onClick={onClose}>
          {t("unlock_not_now")}
        </button>
        <button type="submit" class="primary" aria-disabled={isWorking || wait > 0}>
          {t(isWorking ? "unlock_working" : "unlock")}
        </button>
      </div>
    </form>
  );
}
