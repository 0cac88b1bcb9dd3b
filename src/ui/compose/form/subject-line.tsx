import { useId } from "preact/hooks";
import type { JSX } from "preact";
import { Icon } from "../../components/icon.tsx";
import { Switch } from "../../components/switch.tsx";
import { t } from "../../i18n.tsx";
import { hidesSubject, isSubjectSecret, subject } from "./fields.ts";

/** The longest line that the message takes. */
const MAX_LENGTH = 2000;

/** The subject, and whether mail servers read it (RFC 9788). */
export function SubjectLine({ onChange }: { readonly onChange: () => void }): JSX.Element {
  const id = useId();
  const isSecret = isSubjectSecret.value;
  const isHidden = hidesSubject.value || isSecret;
  return (
    <div class="form-row subject-row">
      <label class="form-label" for={`${id}-subject`}>
        {t("header_subject")}
      </label>
      <input
        id={`${id}-subject`}
        class="plain-input"
        type="text"
        autocomplete="off"
        maxLength={MAX_LENGTH}
        value={subject.value}
        aria-describedby={`${id}-hint`}
        onInput={({ currentTarget }) => {
          subject.value = currentTarget.value;
          onChange();
        }}
      />
      <span class="subject-choice">
        <span id={`${id}-hint`} class="subject-hint">
          <Icon name={isHidden ? "eye-off" : "eye"} />
          {t(isSecret ? "subject_secret" : isHidden ? "subject_hidden" : "subject_open")}
        </span>
        <Switch
          label={t("subject_hide")}
          isOn={isHidden}
          isReadOnly={isSecret}
          describedBy={`${id}-hint`}
          onChange={(isOn) => {
            hidesSubject.value = isOn;
            onChange();
          }}
        />
      </span>
    </div>
  );
}
