import { effect, signal } from "@preact/signals";
import type { FormContent } from "../../../messages/form-content.ts";
import type { KeptDraft, SecureFormEvent, WasSent } from "../../../messages/secure-form.ts";
import { ask, isSignOn } from "../compose-state.ts";
import { format, load } from "../editor/text.ts";
import { markupOfWords } from "../editor/text-forms.ts";
import { answered } from "./answered.ts";
import { encryption, turnOn } from "./encryption.ts";
import * as fields from "./fields.ts";
import { clearFiles, setDraft } from "./files.ts";
import { keepNow, startKeeping } from "./keeping.ts";
import { add, clear, FIELDS } from "./recipients.ts";

/** Drafts that were kept and stand in no form now. */
export const offers = signal<readonly KeptDraft[]>([]);
/** Which draft could not be opened, and why; `null` in `draft`: one that was saved to the webmail. */
export const openFailure = signal<{ readonly reason: "locked" | "lost"; readonly draft: string | null } | null>(null);
export const wasSent = signal<WasSent | null>(null);

let wanted: string | null = null;
/** Files that follow are the background's already: a kept draft's, not those of one that the webmail kept. */
let isKeptHere = false;
export const areFilesThere = (): boolean => isKeptHere;

/** What to open once the page's form is ours. */
let isWaiting: (() => void) | null = null;

/** What stands in the form now stays a draft of its own. */
function openInForm(open: () => void): void {
  openFailure.value = null;
  if (encryption.value === "on") {
    keepNow();
    open();
  } else {
    isWaiting = open;
    turnOn();
  }
}

export function openKept(draft: string): void {
  openInForm(() => {
    wanted = draft;
    ask({ name: "openKept", draft });
  });
}

export function openSaved(item: string): void {
  openInForm(() => {
    wanted = null;
    ask({ name: "openSaved", item });
  });
}

export function discardKept(draft: string): void {
  offers.value = offers.value.filter((one) => one.draft !== draft);
  ask({ name: "discardKept", draft });
}

/** What stood in a draft stands in the form. */
function restore(draft: string, content: FormContent): void {
  fields.draftId.value = draft;
  setDraft(draft);
  clear();
  clearFiles();
  for (const field of FIELDS) for (const address of content[field]) add(field, address, "draft");
  fields.isCcShown.value = content.cc.length > 0;
  fields.isBccShown.value = content.bcc.length > 0;
  fields.from.value = content.from;
  fields.subject.value = content.subject;
  fields.hidesSubject.value = content.hidesSubject;
  fields.isSubjectSecret.value = content.isSubjectSecret;
  answered.value = { state: content.answersEncrypted ? "kept" : "none" };
  fields.inReplyTo.value = content.inReplyTo;
  fields.references.value = content.references;
  isSignOn.value = content.signs;
  format.value = content.html === "" && content.text !== "" ? "plain" : "rich";
  load(content.html === "" ? markupOfWords(content.text) : content.html);
  startKeeping();
}

type DraftEvent = Extract<SecureFormEvent, { kind: "offers" | "draftOpened" | "draftLocked" | "draftLost" }>;

export function heardDraft(event: DraftEvent): void {
  switch (event.kind) {
    case "offers":
      offers.value = event.drafts;
      return;
    case "draftOpened":
      isKeptHere = event.draft === wanted;
      offers.value = offers.value.filter(({ draft }) => draft !== event.draft);
      openFailure.value = null;
      wasSent.value = event.wasSent;
      restore(event.draft, event.content);
      return;
    case "draftLocked":
      openFailure.value = { reason: "locked", draft: event.draft };
      return;
    case "draftLost":
      openFailure.value = { reason: "lost", draft: event.draft };
  }
}

/** The keys can be used now: what was asked for is asked for again. */
export function unlockedDrafts(): void {
  if (openFailure.value?.reason === "locked" && openFailure.value.draft !== null) openKept(openFailure.value.draft);
}

effect(() => {
  if (encryption.value !== "on" || isWaiting === null) return;
  keepNow();
  isWaiting();
  isWaiting = null;
});
