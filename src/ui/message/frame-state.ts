import { signal } from "@preact/signals";
import type { Failure, MessageView } from "../../messages/answers.ts";
import type { RefusalReason } from "../../messages/content-requests.ts";
import { MAX_ADDRESS_LENGTH, type FrameEvent, type FrameRequest } from "../../messages/frame-requests.ts";
import type { PersonalMark } from "../../settings/mark.ts";
import type { FrameClient } from "../frame-client.ts";
import type { SignerContact } from "./notes.ts";
import { receiveMessage, type MessageState } from "./received-message.ts";

/** `declined`: locked, and the person has closed the window that would unlock. */
export type ClosedReason = "locked" | "declined" | "by-setting" | "too-many";

export type FrameState =
  /** Not claimed: this frame shows nothing to whoever embeds it. */
  | { readonly kind: "empty" }
  | MessageState
  | { readonly kind: "closed"; readonly reason: ClosedReason }
  | { readonly kind: "source-failed"; readonly reason: RefusalReason };

/** The state of the frame, in one place. */
export const state = signal<FrameState>({ kind: "empty" });
/** Own addresses: a message that was signed for others says so. */
export const readers = signal<readonly string[]>([]);
/** The person's setting: messages show their words at first. */
export const isTextOnly = signal(false);
/** The person's own: no page knows it, so that no page can draw it beside a verdict. */
export const mark = signal<PersonalMark | null>(null);
/** What became of the signer's certificate, where there is something to tell. */
export const contact = signal<SignerContact | null>(null);
/** Messages inside this one that were opened, by their path. */
export const attached = signal<ReadonlyMap<string, MessageState>>(new Map());

let client: FrameClient | null = null;
let receive = receiveMessage(() => undefined);
const receiveAttached = new Map<string, ReturnType<typeof receiveMessage>>();

export const LOST: Failure = { code: "internal", context: { reason: "no-answer" } };

export function setClient(connected: FrameClient): void {
  client = connected;
}

export function ask(request: FrameRequest): void {
  client?.send(request);
}

/** What was shown goes; the message comes anew. */
function begin(): void {
  isTypingPassword = false;
  state.value = { kind: "working" };
  attached.value = new Map();
  contact.value = null;
  receive = receiveMessage(
    (opened) => {
      state.value = opened;
    },
    (octets) => {
      const now = state.value;
      if (now.kind !== "working" || now.opening === undefined) return;
      state.value = { kind: "working", opening: { ...now.opening, received: now.opening.received + octets } };
    },
  );
}

/** @param isPressed whether the person asked for it now */
export function open(isPressed: boolean): void {
  begin();
  ask({ name: "openMessage", isPressed });
}

const isOpenedByPassword = (now = state.value): boolean =>
  now.kind === "opened" && now.view.layers.some((layer) => "recipient" in layer && layer.recipient?.kind === "pwri");

/** The keys were locked: what they had opened leaves the frame, and what is still on its way does not come in. */
export function closeDecrypted(isDecrypted: boolean): void {
  attached.value = new Map();
  receiveAttached.clear();
  // Which no key opens again: it is closed for want of its password.
  if (isOpenedByPassword()) open(false);
  else if (isDecrypted) state.value = { kind: "closed", reason: "locked" };
  else if (state.value.kind === "working") open(false);
}

function setAttached(path: string, value: MessageState): void {
  attached.value = new Map([...attached.value, [path, value]]);
}

export function openAttached(path: string, source: Uint8Array): void {
  setAttached(path, { kind: "working" });
  receiveAttached.set(
    path,
    receiveMessage((opened) => {
      setAttached(path, opened);
    }),
  );
  ask({ name: "openAttached", path, source });
}

export function heard(event: FrameEvent): void {
  switch (event.kind) {
    case "claimed":
      mark.value = event.mark;
      // After the worker's death this comes a second time, in front of the answer to what was asked.
      if (state.value.kind === "empty") open(false);
      return;
    case "readers":
      readers.value = event.addresses;
      isTextOnly.value = event.isTextOnly;
      return;
    case "message":
      receive(event.event);
      return;
    case "contact":
      contact.value = { address: event.address, outcome: event.outcome };
      return;
    case "attached":
      receiveAttached.get(event.path)?.(event.event);
      return;
    case "closed":
      state.value = { kind: "closed", reason: event.reason };
      return;
    case "decrypting":
      if (state.value.kind === "working") state.value = { kind: "working", opening: { size: event.size, received: 0 } };
      return;
    case "unlocked":
      if (isLocked()) open(true);
      return;
    case "unlockDeclined":
      if (isLocked() && isUnlocking) state.value = { kind: "closed", reason: "declined" };
      isUnlocking = false;
      return;
    case "decided":
      open(true);
      return;
    case "passwordFits":
      begin();
      return;
    case "passwordDeclined":
      isTypingPassword = false;
      return;
    case "sourceFailed":
      state.value = { kind: "source-failed", reason: event.reason };
      return;
    case "refused":
      state.value = { kind: "failed", failure: event.error };
      return;
    default:
      return;
  }
}

/** The worker died. What is shown stays; what was being worked on is asked for once more, and no more than once. */
let repeats = 1;
export function lost(): void {
  if (state.value.kind === "working" && repeats > 0) {
    repeats--;
    open(false);
  } else if (state.value.kind === "working") {
    state.value = { kind: "failed", failure: LOST };
  } else if (isLocked() && isUnlocking) {
    // The window may still be open: be there when it says that the keys are unlocked.
    ask({ name: "openMessage", isPressed: true });
  } else if (isTypingPassword) {
    // A person looks for a password longer than a worker lives.
    ask({ name: "awaitPassword" });
  }
  for (const [path, message] of attached.value) {
    if (message.kind === "working") setAttached(path, { kind: "failed", failure: LOST });
  }
}

/** Closed for want of a passphrase. */
export const isLocked = (now = state.value): boolean =>
  now.kind === "closed" && (now.reason === "locked" || now.reason === "declined");

/** The person does not want to wait for it: nothing more of it comes in, and one press asks for it again. */
export function cancelOpening(): void {
  receive = receiveMessage(() => undefined);
  state.value = { kind: "closed", reason: "by-setting" };
}

let isTypingPassword = false;
export function askPassword({ outer }: MessageView): void {
  isTypingPassword = true;
  ask({ name: "askPassword", from: outer.from[0]?.address?.slice(0, MAX_ADDRESS_LENGTH) ?? null });
}

let isUnlocking = false;
export function unlock(): void {
  isUnlocking = true;
  ask({ name: "unlock" });
}
