import { signal } from "@preact/signals";
import { render, type JSX } from "preact";
import type { AskedQuestion } from "../../messages/page-answers.ts";
import { FailureNotice } from "../components/failure-notice.tsx";
import { LiveRegions } from "../components/live-regions.tsx";
import { MarkView } from "../components/mark-view.tsx";
import { PersonDecision, personTitle } from "../identity/person-decision.tsx";
import { ReplacementDecision } from "../identity/replacement-decision.tsx";
import { language, Text, t } from "../i18n.tsx";
import { ask } from "../background-client.ts";
import { contacts, loadMark, mark, readFailure } from "../stored.ts";
import { words } from "../words.ts";
import { EncryptOff } from "./encrypt-off.tsx";
import { parseQuestion, type Question } from "./question.ts";
import { TypePassword } from "./type-password.tsx";

const close = (): void => {
  window.close();
};
const question = parseQuestion(location.hash);

/** What a frame wants to be asked; `undefined` while it is on its way. */
const asked = signal<AskedQuestion | null | undefined>(undefined);

function Nothing(): JSX.Element {
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

function Replacement({ address }: { readonly address: string }): JSX.Element | null {
  const list = contacts.value;
  if (list === null) return null;
  const contact = list.find((one) => one.address === address);
  if (!contact?.replacement) return <Nothing />;
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

/** Tells the frame that had asked, and is done. */
const reply = (viewId: string, isConfirmed: boolean): void => {
  void ask({ name: "answerQuestion", viewId, isConfirmed }).then(close);
};

function AskedByView({ id }: { readonly id: string }): JSX.Element | null {
  const matter = asked.value;
  if (matter === undefined) return null;
  if (matter === null) return <Nothing />;
  if (matter.kind === "encryptOff") {
    return (
      <EncryptOff
        question={matter}
        onAnswer={(isConfirmed) => {
          reply(id, isConfirmed);
        }}
      />
    );
  }
  if (matter.kind === "password") return <TypePassword viewId={id} question={matter} onClose={close} />;
  return (
    <>
      <div class="window-head">
        <h1>
          <Text words={personTitle(matter)} />
        </h1>
        {mark.value && <MarkView mark={mark.value} />}
      </div>
      <PersonDecision
        {...matter}
        onDecided={() => {
          reply(id, true);
        }}
        onLater={() => {
          reply(id, false);
        }}
      >
        <p class="hint">
          {t("person_issuer")}{" "}
          <a href="../options/index.html#/trust/import" target="_blank" rel="noreferrer">
            {t("trust_import")}
          </a>
        </p>
      </PersonDecision>
    </>
  );
}

function Matter(): JSX.Element | null {
  if (question === null) return <Nothing />;
  return question.kind === "replacement" ? (
    <Replacement address={question.address} />
  ) : (
    <AskedByView id={question.question} />
  );
}

async function load(): Promise<void> {
  await loadMark();
  if (question !== null && question.kind !== "replacement") {
    const answer = await ask({ name: "getQuestion", viewId: question.question });
    if (answer.ok) asked.value = answer.value;
    else readFailure.value = answer.error;
  } else {
    const answer = await ask({ name: "listContacts" });
    if (answer.ok) contacts.value = answer.value;
    else readFailure.value = answer.error;
  }
}

const NARROW: ReadonlySet<Question["kind"]> = new Set<Question["kind"]>(["encryptOff", "password"]);

function App(): JSX.Element {
  return (
    <main class={question !== null && NARROW.has(question.kind) ? "window" : "window is-wide"}>
      {readFailure.value && <FailureNotice failure={readFailure.value} />}
      <Matter />
      <LiveRegions />
    </main>
  );
}

document.title = `${t("confirm_title")} – Signet`;
document.documentElement.lang = language();
window.addEventListener("keydown", ({ key }) => {
  if (key === "Escape") close();
});
// However the window is closed, the frame waits no longer; where the password was right, nothing is asked any more.
if (question?.kind === "password") {
  window.addEventListener("pagehide", () => {
    void ask({ name: "answerQuestion", viewId: question.question, isConfirmed: false });
  });
}
render(<App />, document.body);
void load();
