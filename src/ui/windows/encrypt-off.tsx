import { useId } from "preact/hooks";
import type { JSX } from "preact";
import type { EncryptOffQuestion } from "../../messages/page-answers.ts";
import { Icon } from "../components/icon.tsx";
import { MarkView } from "../components/mark-view.tsx";
import { t, Text } from "../i18n.tsx";
import { mark } from "../stored.ts";
import { words } from "../words.ts";

interface Props {
  readonly question: EncryptOffQuestion;
  readonly onAnswer: (isConfirmed: boolean) => void;
}

/**
 * Whether Encrypt is turned off, with the consequence named: H90, and H91 where an encrypted message is answered. In a
 * window, where no page can draw; the safe button is the first.
 */
export function EncryptOff({ question, onAnswer }: Props): JSX.Element {
  const id = useId();
  const { host, lines, files, isAnswer } = question;
  return (
    <div
      role="alertdialog"
      aria-labelledby={`${id}-t`}
      aria-describedby={`${id}-b`}
      class="stack"
      data-question={isAnswer ? "h91" : "h90"}
    >
      <div class="window-head">
        <h1 id={`${id}-t`}>
          <Icon name="lock-open" /> {t(isAnswer ? "off_h91_title" : "off_h90_title")}
        </h1>
        {mark.value && <MarkView mark={mark.value} />}
      </div>
      <div id={`${id}-b`} class="stack">
        {isAnswer && <p>{t("off_h91_body")}</p>}
        <p>
          <Text words={words("off_h90_body", { host, n: lines })} />
        </p>
        {files > 0 && (
          <p>
            <Text words={words("off_files", { n: files })} />
          </p>
        )}
      </div>
      <div class="row actions">
        <button
          type="button"
          class="primary"
          ref={(button) => button?.focus()}
          onClick={() => {
            onAnswer(false);
          }}
        >
          {t("off_stay")}
        </button>
        <button
          type="button"
          onClick={() => {
            onAnswer(true);
          }}
        >
          {t(isAnswer ? "off_answer_openly" : "off_turn")}
        </button>
      </div>
    </div>
  );
}
