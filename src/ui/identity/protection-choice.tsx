import { useId, useRef } from "preact/hooks";
import type { JSX } from "preact";
import { PassphraseField } from "../components/passphrase-field.tsx";
import { Text, t } from "../i18n.tsx";
import type { Protection } from "../../messages/page-answers.ts";
import { words } from "../words.ts";

/** What a person chose; `null` while two passphrases differ or one is missing. */
export type ChosenProtection =
  { readonly protection: "device" } | { readonly protection: "passphrase"; readonly passphrase: string };

/** As the vault counts (`keys/software/vault-key.ts`), which refuses shorter ones. */
export const MIN_PASSPHRASE_LENGTH = 8;

interface Fields {
  readonly protection: Protection;
  readonly first: string;
  readonly again: string;
}

/** The translation key of what is missing; `null` where nothing is. */
export function passphraseProblem({ protection, first, again }: Fields): string | null {
  if (protection === "device") return null;
  if (first === "") return "protection_missing";
  if (Array.from(first).length < MIN_PASSPHRASE_LENGTH) return "protection_short";
  return first === again ? null : "protection_differs";
}

export interface ProtectionState extends Fields {
  readonly isChecked: boolean;
}
export const NO_PROTECTION_YET: ProtectionState = { protection: "passphrase", first: "", again: "", isChecked: false };

export function chosenOf(state: ProtectionState): ChosenProtection | null {
  if (passphraseProblem(state) !== null) return null;
  return state.protection === "device"
    ? { protection: "device" }
    : { protection: "passphrase", passphrase: state.first };
}

interface Props {
  readonly state: ProtectionState;
  readonly onChange: (state: ProtectionState) => void;
  /** Where a heading above says the same. */
  readonly isTitleHidden?: boolean;
}

/** How the keys are kept on this computer: each way with what it means, said plainly. */
export function ProtectionChoice({ state, onChange, isTitleHidden = false }: Props): JSX.Element {
  const first = useRef<HTMLInputElement>(null);
  const again = useRef<HTMLInputElement>(null);
  const name = useId();
  const problem = state.isChecked ? passphraseProblem(state) : null;
  const isFirst = problem === "protection_missing" || problem === "protection_short";
  const option = (protection: Protection): JSX.Element => (
    <label class="option">
      <input
        type="radio"
        name={name}
        checked={state.protection === protection}
        onChange={() => {
          onChange({ ...state, protection, isChecked: false });
        }}
      />
      <span>
        <strong>{t(`protection_${protection}`)}</strong>
        <span class="remark">{t(`protection_${protection}_help`)}</span>
      </span>
    </label>
  );
  return (
    <fieldset class="protection">
      <legend class={isTitleHidden ? "visually-hidden" : undefined}>{t("protection_title")}</legend>
      {option("passphrase")}
      {state.protection === "passphrase" && (
        <div class="fields-two">
          <PassphraseField
            label={t("protection_first")}
            field={first}
            autoComplete="new-password"
            hint={t("protection_hint")}
            error={isFirst ? <Text words={words(problem, { n: MIN_PASSPHRASE_LENGTH })} /> : null}
            onInput={(value) => {
              onChange({ ...state, first: value });
            }}
          />
          <PassphraseField
            label={t("protection_again")}
            field={again}
            autoComplete="new-password"
            error={problem === "protection_differs" ? t(problem) : null}
            onInput={(value) => {
              onChange({ ...state, again: value });
            }}
          />
        </div>
      )}
      {option("device")}
    </fieldset>
  );
}
