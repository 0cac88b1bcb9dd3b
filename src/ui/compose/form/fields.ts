import { signal } from "@preact/signals";
import type { FormContent } from "../../../messages/form-content.ts";
import { isSignOn } from "../compose-state.ts";
import { format, markup, words, writtenMarkup } from "../editor/text.ts";
import { answered, type Answered } from "./answered.ts";
import { formFiles } from "./files.ts";
import { addressesIn } from "./recipients.ts";
import { randomName } from "./random-name.ts";

/** Names this form's draft; a draft that is opened brings its own. */
export const draftId = signal(randomName());
export const from = signal("");
export const subject = signal("");
export const hidesSubject = signal(false);
/** What is answered hid its subject from servers: so does the answer, whatever anybody chooses (attack 61). */
export const isSubjectSecret = signal(false);
export const inReplyTo = signal<string | null>(null);
export const references = signal<string | null>(null);
export const isBccShown = signal(false);
export const isCcShown = signal(false);

/** Of a message that is known to be encrypted, whether or not it is at hand. */
const ANSWERING: ReadonlySet<Answered["state"]> = new Set(["locked", "closed", "kept", "open"]);

function content(html: string): FormContent {
  return {
    from: from.value,
    to: addressesIn("to"),
    cc: addressesIn("cc"),
    bcc: addressesIn("bcc"),
    subject: subject.value,
    hidesSubject: hidesSubject.value || isSubjectSecret.value,
    isSubjectSecret: isSubjectSecret.value,
    answersEncrypted: ANSWERING.has(answered.value.state),
    signs: isSignOn.value,
    html,
    text: words(),
    files: formFiles(),
    inReplyTo: inReplyTo.value,
    references: references.value,
  };
}

/** What a draft keeps: the text as it stands in the editor, so that typing goes on meanwhile. */
export const keptContent = (): FormContent => content(format.value === "rich" ? markup() : "");

/** What is sent: the text made anew by the rules of the editor. */
export const sentContent = (): FormContent => content(writtenMarkup());
