import type { AnsweredMessage } from "../../../messages/secure-form.ts";
import { visible } from "../../components/foreign-text.tsx";
import { formatTime, t } from "../../i18n.tsx";
import { isForward } from "./answer.ts";
import * as fields from "./fields.ts";

const list = (people: AnsweredMessage["from"]): string => people.map(({ address }) => address ?? "?").join(", ");

/** The lines in front of a quotation. Addresses, and no names: those are what their senders say. */
export function introduction({ from, to, cc, date, subject }: AnsweredMessage): string {
  const when = date === null ? "" : formatTime(date);
  if (!isForward(fields.subject.value)) {
    return t(when === "" ? "answer_introduction_undated" : "answer_introduction", { date: when, address: list(from) });
  }
  const line = (label: string, value: string): string[] => (value === "" ? [] : [`${t(label)}: ${visible(value)}`]);
  return [
    t("answer_forwarded"),
    ...line("header_from", list(from)),
    ...line("header_date", when),
    ...line("header_to", list(to)),
    ...line("header_cc", list(cc)),
    ...line("header_subject", subject ?? ""),
  ].join("\n");
}
