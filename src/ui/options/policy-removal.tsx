import { useState } from "preact/hooks";
import type { JSX } from "preact";
import type { Failure } from "../../messages/answers.ts";
import { ask } from "../background-client.ts";
import { FailureNotice } from "../components/failure-notice.tsx";
import { tell } from "../components/status-line.tsx";
import { t } from "../i18n.tsx";
import { settings } from "../stored.ts";
import { words } from "../words.ts";

/**
 * The browser gives no policy where there was one. Browsers drop all of it for one wrong value, so that the last one
 * holds until a person says that it is gone.
 */
export function PolicyRemoval(): JSX.Element | null {
  const [failure, setFailure] = useState<Failure | null>(null);
  if (settings.value?.policy !== "emptied") return null;
  const accept = async (): Promise<void> => {
    const answer = await ask({ name: "acceptPolicyRemoval" });
    setFailure(answer.ok ? null : answer.error);
    if (!answer.ok) return;
    settings.value = answer.value;
    tell(words("policy_removed"));
  };
  return (
    <div class="notice tone-caution stack">
      <p>{t("policy_emptied")}</p>
      {failure && <FailureNotice failure={failure} />}
      <div class="row">
        <button type="button" onClick={() => void accept()}>
          {t("policy_accept_removal")}
        </button>
      </div>
    </div>
  );
}
