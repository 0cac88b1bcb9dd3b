import { useState } from "preact/hooks";
import type { ComponentChildren, JSX } from "preact";
import type { Failure } from "../../messages/answers.ts";
import { Text, t } from "../i18n.tsx";
import { words } from "../words.ts";
import { FailureNotice } from "./failure-notice.tsx";
import { PassphraseField } from "./passphrase-field.tsx";
import { useLateField, useWait } from "./secret-field.ts";

interface Props {
  /** Opens the message; why it does not, or `null` where it is open. */
  readonly onTry: (password: string) => Promise<Failure | null>;
  /** Leaves it closed. */
  readonly onClose: () => void;
  /** Stands left of the field: the person's mark. */
  readonly mark?: ComponentChildren;
}

/**
 * Asks for the password of a message (C15). Mounted in windows and pages of the extension only, never in a frame
 * (attack 56).
 */
export function PasswordForm({ onTry, onClose, mark }: Props): JSX.Element {
  const { field, isReady } = useLateField();
  const [isWorking, setWorking] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const isRefused = failure?.code === "password.wrong" || failure?.code === "password.wait";
  const until = failure?.context["waitUntil"];
  const wait = useWait(isRefused && typeof until === "number" ? until : null);
  const open = async (): Promise<void> => {
    const password = field.current?.value ?? "";
    if (password === "" || isWorking || wait > 0) {
      field.current?.focus();
      return;
    }
    setWorking(true);
    const why = await onTry(password);
    setWorking(false);
    setFailure(why);
    if (why === null) return;
    field.current?.focus();
    field.current?.select();
  };
  const error =
    wait > 0 ? <Text words={words("password_wait", { n: wait })} /> : isRefused ? t("password_wrong") : null;
  return (
    <form
      class="unlock"
      onSubmit={(event) => {
        event.preventDefault();
        if (event.isTrusted) void open();
      }}
    >
      <PassphraseField
        label={t("password_label")}
        field={field}
        autoComplete="off"
        isDisabled={!isReady}
        error={error}
        hint={t(isRefused ? "unlock_wrong_help" : "password_hint")}
        before={mark}
        onInput={() => {
          if (wait === 0) setFailure(null);
        }}
      />
      {failure && !isRefused && <FailureNotice failure={failure} />}
      <div class="row actions">
        <button type="button" onClick={onClose}>
          {t("unlock_not_now")}
        </button>
        <button type="submit" class="primary" aria-disabled={isWorking || wait > 0}>
          {t(isWorking ? "password_working" : "action_open")}
        </button>
      </div>
    </form>
  );
}
