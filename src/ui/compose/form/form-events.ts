import type { FrameEvent } from "../../../messages/frame-requests.ts";
import { announce } from "../../components/live-regions.tsx";
import { words } from "../../words.ts";
import { ask, isEncryptOn } from "../compose-state.ts";
import { encryption, heardMode, lostMode, turnOn, unlocked } from "./encryption.ts";
import { heardFile, heardFilePut, moveAgain } from "./files.ts";
import { changed, heardKept, heardNotKept, keeping } from "./keeping.ts";
import { areFilesThere, heardDraft, unlockedDrafts } from "./kept-drafts.ts";
import { heardMessages } from "./mailbox.ts";
import { heardImported } from "./recipient-details.tsx";
import { heardStates, lookUp, readiness } from "./recipients.ts";
import { heardSendState, repeat, review } from "./sending.ts";
import { heardSuggestions } from "./suggestions.ts";
import { draftId } from "./fields.ts";

let isGreeted = false;

/** One sum for a screen reader, so long after the last change; milliseconds (`ux.md` 4.3). */
const TELL_DELAY_MS = 1000;
let telling: ReturnType<typeof setTimeout> | undefined;

function tellRecipients(): void {
  clearTimeout(telling);
  telling = setTimeout(() => {
    const { all, ready } = readiness.value;
    if (all > 0) announce(words("recipients_announcement", { n: all, ready }));
  }, TELL_DELAY_MS);
}

/** The worker has died: what it has not answered is asked again, so that nothing waits for ever. */
export function lostInForm(): void {
  lostMode();
  if (encryption.value !== "on") return;
  moveAgain();
  lookUp();
  changed();
}

/** What the secure form does at each event of the background; what is for Sign alone is in compose-state.ts. */
export function heardInForm(event: FrameEvent): void {
  switch (event.kind) {
    case "compose":
      if (isGreeted) return;
      isGreeted = true;
      ask({ name: "listKept" });
      if (event.settings.encrypt !== null && encryption.value === "off") turnOn();
      return;
    case "taken":
    case "takenAll":
    case "takeFailed":
    case "encryptOff":
    case "handedOver":
    case "answered":
      heardMode(event);
      return;
    case "recipients":
      heardStates(event.states);
      tellRecipients();
      review(draftId.value);
      return;
    case "suggestions":
      heardSuggestions(event.text, event.people);
      return;
    case "imported":
      heardImported(event.address, event.problem);
      return;
    case "file":
      heardFile(event.event, areFilesThere());
      return;
    case "filePut":
      heardFilePut(event.file, event.isKept);
      review(draftId.value);
      return;
    case "kept":
      heardKept(event.draft, event.at);
      return;
    case "notKept":
      heardNotKept(event.draft, event.reason);
      return;
    case "saved":
      keeping.value = { state: "saved", at: event.at };
      return;
    case "notSaved":
      keeping.value = { state: "not-saved", reason: event.reason };
      return;
    case "offers":
    case "draftOpened":
    case "draftLocked":
    case "draftLost":
      heardDraft(event);
      return;
    case "messages":
      heardMessages(event.folder, event.items);
      return;
    case "sendState":
      heardSendState();
      return;
    case "unlocked":
      if (isEncryptOn.value) repeat();
      unlocked();
      unlockedDrafts();
      if (isEncryptOn.value) lookUp();
      return;
    default:
      return;
  }
}
