import { useState } from "preact/hooks";
import type { JSX } from "preact";
import type { Failure } from "../../messages/answers.ts";
import { FailureNotice } from "../components/failure-notice.tsx";
import { Modal } from "../components/modal.tsx";
import { tell } from "../components/status-line.tsx";
import { shortName } from "../components/short-name.ts";
import { Text, t } from "../i18n.tsx";
import type { IdentityView } from "../../messages/page-answers.ts";
import { ask } from "../background-client.ts";
import { identities } from "../stored.ts";
import { words } from "../words.ts";

interface Props {
  readonly identity: IdentityView;
  readonly onClose: () => void;
}

/** Deletes a key, after what that means was said and confirmed: nobody can bring it back. */
export function RemoveIdentity({ identity, onClose }: Props): JSX.Element {
  const [isUnderstood, setUnderstood] = useState(false);
  const [isAsked, setAsked] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const address = identity.emails[0] ?? shortName(identity.subject);
  const remove = async (): Promise<void> => {
    if (!isUnderstood) {
      setAsked(true);
      return;
    }
    const answer = await ask({ name: "removeIdentity", fingerprint: identity.fingerprint });
    if (!answer.ok) {
      setFailure(answer.error);
      return;
    }
    onClose();
    identities.value = answer.value;
    tell(words("remove_identity_done", { address }));
  };
  return (
    <Modal role="alertdialog" title={<Text words={words("remove_identity", { address })} />} onClose={onClose}>
      <p>{t("remove_identity_mail")}</p>
      <p>{t("remove_identity_others")}</p>
      <p>{t("remove_identity_backup")}</p>
      <label class="option">
        <input
          type="checkbox"
          checked={isUnderstood}
          aria-invalid={isAsked && !isUnderstood}
          onChange={({ currentTarget }) => {
            setUnderstood(currentTarget.checked);
          }}
        />
        <span>{t("remove_identity_understood")}</span>
      </label>
      {isAsked && !isUnderstood && (
        <p class="field-error" role="alert">
          {t("remove_identity_tick")}
        </p>
      )}
      {failure && <FailureNotice failure={failure} />}
      <div class="row actions">
        <button type="button" class={isUnderstood ? undefined : "primary"} data-first-focus onClick={onClose}>
          {t("remove_identity_keep")}
        </button>
        <button type="button" class={isUnderstood ? "danger" : "is-danger"} onClick={() => void remove()}>
          {t("remove_identity_act")}
        </button>
      </div>
    </Modal>
  );
}
