import { useId, useState } from "preact/hooks";
import type { JSX } from "preact";
import { Code } from "../components/code.tsx";
import { compareCode, type CodeMatch } from "../components/compared-code.ts";
import { t } from "../i18n.tsx";
import { useFingerprint } from "./use-fingerprint.ts";

const FOUND: Readonly<Record<CodeMatch, string>> = {
  empty: "compare_help",
  short: "compare_short",
  "old-kind": "compare_old_kind",
  fits: "compare_code_fits",
  differs: "compare_code_differs",
};

/** The code of a certificate that nobody vouches for, and a field that compares it with what the person was told. */
export function CompareCode({ certificate }: { readonly certificate: Uint8Array }): JSX.Element {
  const id = useId();
  const [typed, setTyped] = useState("");
  const code = useFingerprint(certificate);
  return (
    <div class="panel-in-banner">
      <p>{t("compare_code_lead")}</p>
      <p>
        <Code hex={code} />
      </p>
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
            setTyped(currentTarget.value);
          }}
        />
        <p id={`${id}-found`} class="remark" role="status">
          {t(FOUND[compareCode(typed, code)])}
        </p>
      </div>
    </div>
  );
}
