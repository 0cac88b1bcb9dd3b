import type { JSX } from "preact";
import { announce } from "../components/live-regions.tsx";
import { Text, text, t } from "../i18n.tsx";
import { words, type Words } from "../words.ts";

interface Props {
  /** `check`: by another way than mail. `tell`: in a message of the person's own. */
  readonly kind: "check" | "tell";
  readonly prepared: Words;
}

/** Words for the sender, to be said or sent by the person: how to find out who wrote, or what is wrong (`ux.md` 1H). */
export function PreparedText({ kind, prepared }: Props): JSX.Element {
  const isCheck = kind === "check";
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text(prepared));
    announce(words(isCheck ? "check_sender_copied" : "tell_sender_copied"));
  };
  return (
    <div class="panel-in-banner">
      <p>{t(isCheck ? "check_sender_lead" : "tell_sender_lead")}</p>
      <p class="prepared-text">
        <Text words={prepared} />
      </p>
      <button type="button" onClick={() => void copy()}>
        {t(isCheck ? "check_sender_copy" : "tell_sender_copy")}
      </button>
    </div>
  );
}
