import { render, type JSX } from "preact";
import { FailureNotice } from "../components/failure-notice.tsx";
import { LiveRegions } from "../components/live-regions.tsx";
import { MarkView } from "../components/mark-view.tsx";
import { ReplacementDecision } from "../identity/replacement-decision.tsx";
import { language, Text, t } from "../i18n.tsx";
import { ask } from "../background-client.ts";
import { contacts, loadMark, mark, readFailure } from "../stored.ts";
import { words } from "../words.ts";
import { parseQuestion } from "./question.ts";

const close = (): void => {
  window.close();
};
const question = parseQuestion(location.hash);

function Question(): JSX.Element | null {
  const list = contacts.value;
  if (list === null) return null;
  const contact = question === null ? undefined : list.find(({ address }) => address === question.address);
  if (!contact?.replacement) {
    return (
      <>
        <h1>{t("confirm_nothing")}</h1>
        <p>{t("confirm_nothing_sentence")}</p>
        <div class="row actions">
          <button type="button" class="primary" onClick={close}>
            {t("window_close")}
          </button>
        </div>
      </>
    );
  }
  return (
    <>
      <div class="window-head">
        <h1>
          <Text words={words("compare_title", { address: contact.address })} />
        </h1>
        {mark.value && <MarkView mark={mark.value} />}
      </div>
      <ReplacementDecision contact={contact} replacement={contact.replacement} onDecided={close} onLater={close} />
    </>
  );
}

function App(): JSX.Element {
  return (
    <main class="window is-wide">
      {readFailure.value && <FailureNotice failure={readFailure.value} />}
      <Question />
      <LiveRegions />
    </main>
  );
}

document.title = `${t("confirm_title")} – Signet`;
document.documentElement.lang = language();
window.addEventListener("keydown", ({ key }) => {
  if (key === "Escape") close();
});
render(<App />, document.body);
void Promise.all([loadMark(), ask({ name: "listContacts" })]).then(([, answer]) => {
  if (answer.ok) contacts.value = answer.value;
  else readFailure.value = answer.error;
});
