import { useId, useState } from "preact/hooks";
import type { ComponentChildren, JSX, RefObject } from "preact";
import { t } from "../i18n.tsx";
import { Icon } from "./icon.tsx";

interface Props {
  readonly label: ComponentChildren;
  readonly field: RefObject<HTMLInputElement | null>;
  readonly autoComplete: "current-password" | "new-password" | "off";
  readonly hint?: ComponentChildren;
  /** What is wrong with what stands in it; the text stays. */
  readonly error?: ComponentChildren;
  readonly isDisabled?: boolean;
  readonly onInput?: (value: string) => void;
  /** Stands left of the field, at its size: the person's mark. */
  readonly before?: ComponentChildren;
}

/** A passphrase: pasted or typed, shown on demand, and its error under it (WCAG 3.3.8, `ux.md` 3.3). */
export function PassphraseField(props: Props): JSX.Element {
  const { label, field, autoComplete, hint, error, isDisabled = false, onInput, before } = props;
  const [isShown, setShown] = useState(false);
  const id = useId();
  const kind = isShown ? ({ type: "text" } as const) : ({ type: "password" } as const);
  const [hintId, errorId] = [`${id}-hint`, `${id}-error`];
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <div class="passphrase">
        {before}
        <input
          id={id}
          ref={field}
          {...kind}
          autoComplete={autoComplete}
          autoCapitalize="off"
          spellcheck={false}
          disabled={isDisabled}
          aria-invalid={error !== undefined && error !== null}
          aria-describedby={[hint && hintId, error && errorId].filter(Boolean).join(" ") || undefined}
          onInput={({ currentTarget }) => onInput?.(currentTarget.value)}
        />
        <button
          type="button"
          class="icon-button"
          aria-pressed={isShown}
          aria-label={t("passphrase_show")}
          title={t("passphrase_show")}
          onClick={() => {
            setShown(!isShown);
          }}
        >
          <Icon name={isShown ? "eye-off" : "eye"} />
        </button>
      </div>
      {hint && (
        <p class="remark" id={hintId}>
          {hint}
        </p>
      )}
      {error && (
        <p class="field-error" id={errorId} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
