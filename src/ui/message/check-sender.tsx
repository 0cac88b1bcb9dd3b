import type { JSX } from "preact";
import type { MessageView } from "../../messages/answers.ts";
import { announce } from "../components/live-regions.tsx";
import { Text, text, t } from "../i18n.tsx";
import { words, type Words } from "../words.ts";

/** What to ask, in words that tell whoever hears them nothing more than the webmail shows anyway. */
function questionFor({ inner, outer }: MessageView): Words {
  return words("check_sender_question", {
    subject: inner?.subject ?? outer.subject ?? words("header_no_subject"),
    date: inner?.date ?? outer.date ?? words("date_unknown"),
  });
}

/** How to find out whether somebody wrote a message: by another way than the message itself (`ux.md` 1H). */
export function CheckSender({ view }: { readonly view: MessageView }): JSX.Element {
  const question = questionFor(view);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text(question));
    announce(words("check_sender_copied"));
  };
  return (
    <div class="check-sender">
      <p>{t("check_sender_lead")}</p>
      <p class="check-sender-question">
        <Text words={question} />
      </p>
      <button type="button" onClick={() => void copy()}>
        {t("check_sender_copy")}
      </button>
    </div>
  );
}
