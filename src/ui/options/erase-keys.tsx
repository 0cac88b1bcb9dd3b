import { useId, useRef, useState } from "preact/hooks";
import type { JSX } from "preact";
import type { Failure } from "../../messages/answers.ts";
import { ask } from "../background-client.ts";
import { FailureNotice } from "../components/failure-notice.tsx";
import { Modal } from "../components/modal.tsx";
import { tell } from "../components/status-line.tsx";
import { t } from "../i18n.tsx";
import { identities, vault } from "../stored.ts";
import { words } from "../words.ts";

/** The word that a person types, in every language (`ux.md` 3.3). */
const WORD = "erase";

function EraseQuestion({ onClose }: { readonly onClose: () => void }): JSX.Element {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [isAsked, setAsked] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const erase = async (): Promise<void> => {
    if (field.current?.value.trim().toLowerCase() !== WORD) {
      setAsked(true);
      field.current?.focus();
      return;
    }
    const answer = await ask({ name: "eraseKeys", confirm: WORD });
    if (!answer.ok) {
      setFailure(answer.error);
      return;
    }
    onClose();
    vault.value = answer.value;
    identities.value = [];
    tell(words("erase_done"));
  };
  return (
    <Modal role="alertdialog" title={t("erase_title")} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void erase();
        }}
      >
        <p>{t("erase_keys_gone")}</p>
        <p>{t("erase_way_back")}</p>
        <div class="field">
          <label for={id}>{t("erase_word")}</label>
          <input
            id={id}
            ref={field}
            class="code"
            autoComplete="off"
            spellcheck={false}
            aria-invalid={isAsked}
            aria-describedby={isAsked ? `${id}-error` : undefined}
          />
          {isAsked && (
            <p id={`${id}-error`} class="field-error" role="alert">
              {t("erase_word_missing")}
            </p>
          )}
        </div>
        {failure && <FailureNotice failure={failure} />}
        <div class="row actions">
          <button type="button" class="primary" data-first-focus onClick={onClose}>
            {t("erase_keep")}
          </button>
          <button type="submit" class="is-danger">
            {t("erase_act")}
          </button>
        </div>
      </form>
    </Modal>
  );
}

/** The way out for whoever has forgotten the passphrase: without it the keys are of no use to anybody. */
export function EraseKeys(): JSX.Element {
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <button
        type="button"
        class="quiet"
        onClick={() => {
          setAsking(true);
        }}
      >
        {t("erase_ask")}
      </button>
      {isAsking && (
        <EraseQuestion
          onClose={() => {
            setAsking(false);
          }}
        />
      )}
    </>
  );
}
