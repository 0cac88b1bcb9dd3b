import { computed, signal } from "@preact/signals";
import type { PageDraft } from "../../messages/content-requests.ts";
import type {
  ComposeSettings,
  FrameEvent,
  FrameRequest,
  Letter,
  SendState,
  ShownDraft,
  SigningChoice,
} from "../../messages/frame-requests.ts";
import type { PersonalMark } from "../../settings/mark.ts";
import type { FrameClient } from "../frame-client.ts";
import { draftInSight, fromAddress } from "./shown-draft.ts";

/** The state of the frame, in one place. `null` settings: not claimed, nothing is shown. */
export const settings = signal<ComposeSettings | null>(null);
export const mark = signal<PersonalMark | null>(null);
export const isSignOn = signal(false);
/** The form is ours: what follows of the page's draft below is for Sign alone. */
export const isEncryptOn = signal(false);
const chosen = signal<string | null>(null);
/** What the page's form held when it was last read. */
export const pageDraft = signal<PageDraft | "unreadable" | null>(null);
export const sendState = signal<SendState | null>(null);
/** The page's own Send was pressed while it is held. */
export const isCalled = signal(false);

export const choice = computed<SigningChoice | null>(() => {
  const choices = settings.value?.choices ?? [];
  return choices.find(({ fingerprint }) => fingerprint === chosen.value) ?? choices[0] ?? null;
});

/** What the person sees, and what is signed. */
export const inSight = computed(() => {
  const page = pageDraft.value;
  const signer = choice.value;
  return page === null || page === "unreadable" || signer === null
    ? null
    : draftInSight(page, fromAddress(signer, page.from));
});

export const isBusy = computed(() => sendState.value?.status === "working" || sendState.value?.status === "sent");

let client: FrameClient | null = null;
/** Frozen when Send was pressed; what was typed since is not in it. */
let order: { readonly draft: ShownDraft; readonly certificate: string } | null = null;

export function setClient(connected: FrameClient): void {
  client = connected;
}

export function ask(request: FrameRequest): void {
  client?.send(request);
}

/** Reads the page's form, so that the person sees what would be signed. */
export function look(): void {
  if (isSignOn.value && !isEncryptOn.value && !isBusy.value) ask({ name: "readDraft" });
}

export function setSign(isOn: boolean): void {
  isSignOn.value = isOn;
  sendState.value = null;
  isCalled.value = false;
  if (isEncryptOn.value) return;
  ask({ name: "holdSend", isHeld: isOn });
  look();
}

export function choose(fingerprint: string): void {
  chosen.value = fingerprint;
}

function held(reason: Extract<SendState, { status: "held" }>["reason"], text = ""): void {
  sendState.value = { status: "held", reason, text };
}

/** Send was pressed in our frame, by a person. What stands in sight now is what is signed. */
export function send(): void {
  if (isBusy.value) return;
  const signer = choice.value;
  const shown = inSight.value;
  if (signer === null) held("no-certificate");
  else if (shown === null) held("page-unknown");
  else if (shown.unreadable.length > 0) held("not-an-address", shown.unreadable.join(", "));
  else {
    order = { draft: shown.draft, certificate: signer.fingerprint };
    hand();
  }
}

function hand(): void {
  if (order === null) return;
  sendState.value = { status: "working", step: "signing" };
  ask({ name: "send", ...order });
}

export function settle(): void {
  sendState.value = { status: "working", step: "checking" };
  ask({ name: "settle" });
}

/** Nothing was sent; the person goes on writing. */
export function resume(): void {
  order = null;
  sendState.value = null;
  look();
}

/** The letter of which nothing is known: whose it is, and who still waits for one until that is found out. */
let unknownLetter: Letter | null = null;

/** What was heard of a letter, with what is known of the others of the same mail. */
function ofAllLetters(state: SendState): SendState {
  if (state.status === "working") return state;
  if (state.status === "unknown") {
    // Who looks again hears of that one letter only.
    unknownLetter ??= state;
    return state;
  }
  const { copyFor, unsentBcc } = unknownLetter ?? { copyFor: null, unsentBcc: [] };
  unknownLetter = null;
  if (state.status === "sent") return { ...state, unsentBcc: [...new Set([...state.unsentBcc, ...unsentBcc])] };
  return state.status === "held" && copyFor !== null
    ? { status: "sent", copy: "not-found", unsentBcc: [copyFor, ...unsentBcc], text: state.text }
    : state;
}

/** Sent to everybody, and the copy in Sent is what was made: the webmail's form can close. */
export const isComplete = ({ copy, unsentBcc }: Extract<SendState, { status: "sent" }>): boolean =>
  copy === "same" && unsentBcc.length === 0;

export function heard(event: FrameEvent): void {
  switch (event.kind) {
    case "claimed":
      mark.value = event.mark;
      return;
    case "compose":
      // After the worker's death this comes again; what the person has switched since stays.
      if (settings.value === null) isSignOn.value = event.settings.alwaysSign;
      settings.value = event.settings;
      look();
      return;
    case "draft":
      // Frozen: what the page says now is not what was pressed for.
      if (!isBusy.value) pageDraft.value = event.draft;
      return;
    case "draftFailed":
      if (!isBusy.value) pageDraft.value = "unreadable";
      return;
    case "sendState":
      sendState.value = ofAllLetters(event.state);
      if (sendState.value.status === "sent" && isComplete(sendState.value)) ask({ name: "finish" });
      return;
    case "unlocked":
      if (sendState.value?.status === "needs-unlock") hand();
      return;
    case "refused":
      if (sendState.value?.status === "working") lost();
      return;
    default:
      return;
  }
}

/** The worker died. What was handed over may have been sent: nobody sends it again before that is found out. */
export function lost(): void {
  const now = sendState.value;
  if (now?.status !== "working") return;
  const { step, letter } = now;
  const isWritten = step === "sending" || step === "checking";
  if (isWritten) sendState.value = ofAllLetters({ status: "unknown", ...(letter ?? { copyFor: null, unsentBcc: [] }) });
  else if (letter === undefined) held("failed");
  else {
    const unsentBcc = [letter.copyFor, ...letter.unsentBcc].filter((address) => address !== null);
    sendState.value = { status: "sent", copy: "not-found", unsentBcc, text: "" };
  }
}
