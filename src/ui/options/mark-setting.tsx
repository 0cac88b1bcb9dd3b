import { useState } from "preact/hooks";
import type { JSX } from "preact";
import type { Failure } from "../../messages/answers.ts";
import { FailureNotice } from "../components/failure-notice.tsx";
import { MarkChoice } from "../components/mark-choice.tsx";
import type { PersonalMark } from "../../settings/mark.ts";
import { tell } from "../components/status-line.tsx";
import { t } from "../i18n.tsx";
import { keepMark, mark } from "../stored.ts";
import { words } from "../words.ts";

/** The personal mark among the settings; a change acts at once. */
export function MarkSetting(): JSX.Element {
  const [failure, setFailure] = useState<Failure | null>(null);
  const current = mark.value;
  const store = async (next: PersonalMark): Promise<boolean> => {
    const problem = await keepMark(next);
    setFailure(problem);
    return problem === null;
  };
  const change = async (next: PersonalMark): Promise<void> => {
    if (!(await store(next))) return;
    tell(words("mark_changed"), async () => {
      if (current !== null) await store(current);
    });
  };
  return (
    <div class="card stack">
      <p class="setting-help">{t("mark_help")}</p>
      {current && <MarkChoice mark={current} onChange={(next) => void change(next)} />}
      {failure && <FailureNotice failure={failure} />}
    </div>
  );
}
