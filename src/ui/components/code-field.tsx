import { useId } from "preact/hooks";
import type { JSX } from "preact";
import { t } from "../i18n.tsx";

interface Props {
  /** Key of what was found in what is typed. */
  readonly found: string;
  readonly onType: (typed: string) => void;
}

/** Takes the code that a person was told; the field compares, since eyes let near-matches through (`ux.md` 3.3). */
export function CodeField({ found, onType }: Props): JSX.Element {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{t("compare_field")}</label>
      <input
        id={id}
        class="code"
        dir="ltr"
        autoComplete="off"
        spellcheck={false}
        aria-describedby={`${id}-found`}
        onInput={({ currentTarget }) => {
          onType(currentTarget.value);
        }}
      />
      <p id={`${id}-found`} class="remark" role="status">
        {t(found)}
      </p>
    </div>
  );
}
