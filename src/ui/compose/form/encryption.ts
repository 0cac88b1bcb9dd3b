import { signal } from "@preact/signals";
import type { RefusalReason } from "../../../messages/content-requests.ts";
import type { AnsweredMessage, SecureFormEvent, ServerCopy, TakenDraft } from "../../../messages/secure-form.ts";
import { ask, choice, isEncryptOn, isSignOn, sendState, setSign, settings } from "../compose-state.ts";
import { picturesLeftBehind } from "../editor/editor-markup.ts";
import { append, load, markup, words, writtenMarkup } from "../editor/text.ts";
import { lineCount, markupOfWords } from "../editor/text-forms.ts";
import { wordsOfHtml } from "../../message/sanitize.ts";
import { fromAddress } from "../shown-draft.ts";
import { answerSubject, partOf, quotation, withoutQuote } from "./answer.ts";
import { answered } from "./answered.ts";
import * as fields from "./fields.ts";
import { clearFiles, files, setDraft } from "./files.ts";
import { introduction } from "./introduction.ts";
import { changed, keepNow, startKeeping, stopKeeping } from "./keeping.ts";
import { sizeLimit } from "./message-size.ts";
import { randomName } from "./random-name.ts";
import { add, addressesIn, clear, FIELDS, recipients, stateOf } from "./recipients.ts";

/** `taking`: the page's form is being emptied (T13). `asking`: a window asks whether Encrypt may go off. */
export type Encryption = "off" | "taking" | "on" | "asking";

export const encryption = signal<Encryption>("off");
export const takeFailure = signal<{ readonly reason: RefusalReason; readonly text: string } | null>(null);
/** What the server had of the text in clear. */
export const serverCopy = signal<ServerCopy | null>(null);

/** Pictures in the page's text that did not come along. */
export const lostPictures = signal(0);

function set(next: Encryption): void {
  encryption.value = next;
  isEncryptOn.value = next !== "off";
}

/** The page's form is emptied, and what stood in it goes on here. */
export function turnOn(): void {
  if (encryption.value !== "off" && takeFailure.value === null) return;
  takeFailure.value = null;
  // What kept the page's form from being sent says nothing of ours.
  if (sendState.value?.status === "held") sendState.value = null;
  fields.draftId.value = randomName();
  setDraft(fields.draftId.value);
  // Encrypted without a signature, nobody could tell who wrote it (RFC 9787, 5.3).
  if (choice.value?.isUsable === true) isSignOn.value = true;
  set("taking");
  ask({ name: "takeOver" });
}

export function turnOff(): void {
  // Once more while it is asked: the window may have been closed without an answer.
  if (encryption.value !== "on" && encryption.value !== "asking") return;
  set("asking");
  const isAnswer = answered.value.state !== "none";
  ask({ name: "turnOff", lines: lineCount(words()), files: files.value.length, isAnswer });
}

/** A form of somebody's own, with what a draft or the page held. */
export function fill(draft: TakenDraft): void {
  clear();
  for (const field of FIELDS) for (const text of draft[field]) add(field, text, "page");
  for (const text of draft.unreadable) add("to", text, "page");
  fields.isCcShown.value = draft.cc.length > 0;
  fields.isBccShown.value = draft.bcc.length > 0;
  fields.subject.value = draft.subject;
  fields.inReplyTo.value = draft.inReplyTo;
  fields.references.value = draft.references;
  load(draft.text === null ? draft.html : markupOfWords(draft.text));
}

function taken({ draft, serverCopy: copy, sizeLimit: limit }: Extract<SecureFormEvent, { kind: "taken" }>): void {
  serverCopy.value = copy;
  sizeLimit.value = limit;
  fields.from.value = choice.value === null ? (draft.from ?? "") : fromAddress(choice.value, draft.from);
  fields.hidesSubject.value = settings.value?.hidesSubject ?? true;
  fill(draft);
  lostPictures.value = picturesLeftBehind(draft.html);
  startKeeping();
  set("on");
  changed();
  // Also where nothing says that this is an answer: the background knows it from what the server had.
  answered.value = { state: "asked" };
  ask({ name: "readAnswered" });
}

function quote(message: AnsweredMessage): void {
  const quoted = quotation(message, introduction);
  const { subject, isHidden } = answerSubject(fields.subject.value, message.subject);
  fields.subject.value = subject;
  fields.isSubjectSecret.value = isHidden;
  fields.inReplyTo.value ??= message.messageId;
  fields.references.value ??= [message.references, message.messageId].filter((id) => id !== null).join(" ") || null;
  recipients.value = recipients.value.map((one) =>
    one.origin === "page" && one.address !== null && partOf(one.address, message) === "reply-to"
      ? { ...one, origin: "reply-to" }
      : one,
  );
  answered.value = { state: "open", message, isQuoted: quoted !== "" };
  append(quoted);
  changed();
}

/** Takes what is quoted out of the text; what the person has written stays. */
export function dropQuote(): void {
  const now = answered.value;
  if (now.state !== "open" || !now.isQuoted) return;
  load(textWithoutQuote());
  answered.value = { ...now, isQuoted: false };
  changed();
}

function textWithoutQuote(): string {
  const now = answered.value;
  const text = markup() === "" ? markupOfWords(words()) : writtenMarkup();
  return now.state === "none" ? text : withoutQuote(text, now.state === "open" ? now.message : null, introduction);
}

/** Recipients of an answer who were no readers of what it quotes; those that the person has confirmed are none. */
export function strangers(): typeof recipients.value {
  const now = answered.value;
  if (now.state !== "open" || !now.isQuoted) return [];
  return recipients.value.filter(
    ({ address, isConfirmed }) =>
      address !== null && isConfirmed !== true && ["reply-to", "stranger"].includes(partOf(address, now.message)),
  );
}

/**
 * Recipients who get encrypted mail for the first time, of whom the person was not told (H95). Who has read the encrypted
 * message that this answers is none of them.
 */
export function firstReaders(): typeof recipients.value {
  const now = answered.value;
  const hasRead = (address: string): boolean =>
    now.state === "open" && ["sender", "reader"].includes(partOf(address, now.message));
  return recipients.value.filter(
    (one) =>
      stateOf(one)?.isFirst === true && one.isKnownFirst !== true && one.address !== null && !hasRead(one.address),
  );
}

/** The page has its form again, and what was here goes back, or nowhere. */
function handOver(): void {
  keepNow();
  stopKeeping();
  const [to, cc, bcc] = [addressesIn("to"), addressesIn("cc"), addressesIn("bcc")];
  const html = textWithoutQuote();
  ask({ name: "handOver", to, cc, bcc, subject: fields.subject.value, html, text: wordsOfHtml(html) });
}

/** Nothing of this form is left in the frame. */
export function leave(): void {
  stopKeeping();
  set("off");
  clear();
  clearFiles();
  load("");
  fields.subject.value = "";
  fields.isSubjectSecret.value = false;
  answered.value = { state: "none" };
  serverCopy.value = null;
  sizeLimit.value = null;
  lostPictures.value = 0;
  // Sign goes on as it stood, now over the page's form.
  setSign(isSignOn.value);
}

export function unlocked(): void {
  if (answered.value.state === "locked") ask({ name: "readAnswered" });
}

/** Nothing was taken. Where Encrypt must be on it stays on, and the page's form stays shut. */
function failed(failure: NonNullable<typeof takeFailure.value>): void {
  takeFailure.value = failure;
  if (settings.value?.encrypt !== null) return;
  set("off");
  setSign(isSignOn.value);
}

/** The worker has died: what was asked of it and not answered is asked again, or said to have failed. */
export function lostMode(): void {
  if (encryption.value === "taking") failed({ reason: "unreachable", text: "" });
  if (encryption.value === "on" && answered.value.state === "asked") ask({ name: "readAnswered" });
}

type ModeEvent = Extract<
  SecureFormEvent,
  { kind: "taken" | "takenAll" | "takeFailed" | "encryptOff" | "handedOver" | "answered" }
>;

export function heardMode(event: ModeEvent): void {
  switch (event.kind) {
    case "taken":
      taken(event);
      return;
    case "takenAll":
      return;
    case "takeFailed":
      failed({ reason: event.reason, text: event.text });
      return;
    case "encryptOff":
      if (event.isConfirmed) handOver();
      else if (encryption.value === "asking") set("on");
      return;
    case "handedOver":
      leave();
      return;
    case "answered":
      // A draft was opened meanwhile: what the page's form answers is not what that one does.
      if (!["asked", "locked"].includes(answered.value.state)) return;
      if (event.state === "open") quote(event.message);
      else answered.value = { state: event.state === "locked" || event.state === "closed" ? event.state : "none" };
  }
}
