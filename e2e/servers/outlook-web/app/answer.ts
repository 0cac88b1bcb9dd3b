import type { ComposeStart } from "./compose.ts";
import { element } from "./element.ts";
import { bodyFragment } from "./message-body.ts";
import type { Answering } from "./reading.ts";
import type { MailboxJson, Message } from "./service.ts";

/** What a reply or a forward starts with; `own` is not written to. */
export function answerTo(message: Message, kind: Answering, own: string): ComposeStart {
  const isOther = ({ EmailAddress }: MailboxJson): boolean => EmailAddress.toLowerCase() !== own.toLowerCase();
  const from = message.From?.Mailbox;
  const sender = from === undefined ? [] : [from];
  const everybody = kind === "reply-all";
  const prefix = kind === "forward" ? "Fw: " : "Re: ";
  const subject = message.Subject.replace(/^((re|fw|fwd):\s*)+/i, "");
  const content = document.createDocumentFragment();
  content.append(
    element("div", {}, element("br")),
    element("hr"),
    element("div", {}, `From: ${from === undefined ? "" : `${from.Name} <${from.EmailAddress}>`}`),
    element("div", {}, `Sent: ${new Date(message.DateTimeReceived).toLocaleString("en")}`),
    element("div", {}, `Subject: ${message.Subject}`),
    element("br"),
    element("blockquote", {}, bodyFragment(message.Body)),
  );
  return {
    to: kind === "forward" ? [] : [...sender, ...(everybody ? message.ToRecipients : [])].filter(isOther),
    cc: everybody ? message.CcRecipients.filter(isOther) : [],
    subject: prefix + subject,
    content,
    thread: {
      inReplyTo: message.InternetMessageId,
      references: [message.References, message.InternetMessageId].filter(Boolean).join(" "),
    },
  };
}
