import { useState } from "preact/hooks";
import type { JSX } from "preact";
import { Code } from "../components/code.tsx";
import { CodeField } from "../components/code-field.tsx";
import { compareCode, ONE_CODE } from "../components/compared-code.ts";
import { t } from "../i18n.tsx";
import { useFingerprint } from "./use-fingerprint.ts";

interface Props {
  readonly certificate: Uint8Array;
  /** Leads to the decision; `null` where there is none to make. */
  readonly onTrust: (() => void) | null;
}

/** The code of a certificate that nobody vouches for, and a field that compares it with what the person was told. */
export function CompareCode({ certificate, onTrust }: Props): JSX.Element {
  const [typed, setTyped] = useState("");
  const code = useFingerprint(certificate);
  return (
    <div class="panel-in-banner">
      <p>{t("compare_code_lead")}</p>
      <p>
        <Code hex={code} />
      </p>
      <CodeField found={ONE_CODE[compareCode(typed, code)]} onType={setTyped} />
      {onTrust && (
        <button type="button" onClick={onTrust}>
          {t("action_trust_certificate")}
        </button>
      )}
    </div>
  );
}
