import { signal } from "@preact/signals";
import { render, type JSX } from "preact";
import type { ShownVerdict } from "../../messages/page-answers.ts";
import { ask } from "../background-client.ts";
import { FailureNotice } from "../components/failure-notice.tsx";
import { ForeignText } from "../components/foreign-text.tsx";
import { LiveRegions } from "../components/live-regions.tsx";
import { MarkView } from "../components/mark-view.tsx";
import { language, t } from "../i18n.tsx";
import { loadMark, mark, readFailure } from "../stored.ts";

const verdicts = signal<readonly ShownVerdict[] | null>(null);

/** Of the tab whose button was pressed; the background put it into the address. */
const tabId = Number(location.hash.slice(1));

/** What is true of the messages in this tab, where no page can draw (`ux.md` decision 10). */
function App(): JSX.Element {
  return (
    <main class="window popup">
      <div class="window-head">
        <h1>{t("popup_title")}</h1>
        {mark.value && <MarkView mark={mark.value} />}
      </div>
      {readFailure.value && <FailureNotice failure={readFailure.value} />}
      {verdicts.value?.length === 0 && <p>{t("popup_none")}</p>}
      <ul class="verdicts">
        {verdicts.value?.map(({ title, tone }, index) => (
          <li key={index} class={`tone-${tone}`}>
            <ForeignText text={title} />
          </li>
        ))}
      </ul>
      <div class="row actions">
        <a class="button quiet" href="../open/index.html" target="_blank">
          {t("open_title")}
        </a>
        <a class="button quiet" href="../options/index.html" target="_blank">
          {t("popup_settings")}
        </a>
      </div>
      <LiveRegions />
    </main>
  );
}

document.title = `${t("popup_title")} – Signet`;
document.documentElement.lang = language();
render(<App />, document.body);
void Promise.all([loadMark(), ask({ name: "verdictsInTab", tabId })]).then(([, answer]) => {
  if (answer.ok) verdicts.value = answer.value;
  else readFailure.value = answer.error;
});
