import type { MessageView } from "../../messages/answers.ts";
import { words, type Words } from "../words.ts";
import type { RowAction } from "./banner-rows.ts";
import { countedSigners, isEncryption } from "./signature-finding.ts";

/** What to write to a sender of whose message something is wrong, by the row or the variant of its sentence. */
const TELLING: Readonly<Record<string, string>> = {
  a13: "tell_weak",
  weak: "tell_weak",
  a14: "tell_ended",
  ended: "tell_ended",
  early: "tell_early",
  purpose: "tell_purpose",
  withdrawn: "tell_withdrawn",
  c3: "tell_others",
  c13: "tell_again",
  n17: "tell_cipher",
};

/**
 * Words for the sender: what they say, whoever hears them learns nothing more than the webmail shows anyway.
 *
 * @param why id of the row or note, or the variant of its sentence
 */
export function preparedText(action: RowAction | "tell-sender" | null, why: string, view: MessageView): Words | null {
  const { inner, outer, layers } = view;
  const [signer] = countedSigners(layers);
  const cipher = layers.find(isEncryption)?.cipher;
  const params = {
    subject: inner?.subject ?? outer.subject ?? words("header_no_subject"),
    date: inner?.date ?? outer.date ?? words("date_unknown"),
    algorithm: (why === "n17" ? cipher : signer && `${signer.signature}, ${signer.digest}`) ?? "?",
  };
  switch (action) {
    case "check-sender":
      return words("check_sender_question", params);
    case "tell-sender":
    case "ask-again":
    case "ask-sender": {
      const key = TELLING[why];
      return key === undefined ? null : words(key, params);
    }
    default:
      return null;
  }
}
