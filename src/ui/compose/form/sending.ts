import { effect, signal } from "@preact/signals";
import type { FrameRequest } from "../../../messages/frame-requests.ts";
import { ask, choice, isBusy, isSignOn, sendState } from "../compose-state.ts";
import { firstReaders, serverCopy, strangers } from "./encryption.ts";
import { keptContent, sentContent } from "./fields.ts";
import { areThere, files, putAgain } from "./files.ts";
import { holdsOf, isWaiting, type Hold } from "./holds.ts";
import { heardText, tooLarge } from "./message-size.ts";
import { stopKeeping } from "./keeping.ts";
import { certificateOf, heardStates, recipients, stateOf, statusOf } from "./recipients.ts";

type Order = Extract<FrameRequest, { name: "sendEncrypted" }>;

/** Why Send is held; empty where it is not. */
export const holds = signal<readonly Hold[]>([]);

/** Stop was pressed, and what came of it is not known yet. */
export const isStopping = signal(false);

/** Frozen when Send was pressed: nothing that is changed or shown since is in it. */
let order: Order | null = null;
/** What was in sight when Send was pressed, which waits for what ends by itself (H14); `null`: nothing waits. */
let pending: string | null = null;
/** The background needs the files anew before it goes on. */
let isWaitingForFiles = false;

const reasons = (): readonly Hold[] =>
  holdsOf({
    recipients: recipients.value.map((recipient) => ({
      recipient,
      status: statusOf(recipient),
      state: stateOf(recipient),
    })),
    files: files.value,
    serverCopy: serverCopy.value,
    strangers: strangers(),
    tooLarge: tooLarge.value,
    firstReaders: firstReaders(),
  });

const inSight = (): string => JSON.stringify(keptContent());

function freeze(draft: string): Order {
  const frozen = new Map(
    recipients.value.flatMap((one) => {
      const certificate = certificateOf(one);
      return one.address === null || certificate === null ? [] : [[one.address, certificate] as const];
    }),
  );
  return {
    name: "sendEncrypted",
    draft,
    content: sentContent(),
    recipients: [...frozen].map(([address, certificate]) => ({ address, certificate })),
    signer: isSignOn.value ? (choice.value?.fingerprint ?? null) : null,
    rest: null,
  };
}

function hand(): void {
  if (order === null) return;
  isStopping.value = false;
  sendState.value = { status: "working", step: order.signer === null ? "encrypting" : "signing" };
  ask(order);
}

/** Send was pressed in our frame, by a person. What is in sight now is what is sent, to these and no others. */
export function send(draft: string): void {
  if (isBusy.value) return;
  heardText(keptContent());
  const open = reasons();
  sendState.value = null;
  holds.value = open;
  pending = open.length > 0 && open.every(isWaiting) ? inSight() : null;
  if (open.length > 0) return;
  order = freeze(draft);
  hand();
}

/** The person goes on writing: what was frozen is let go. */
export function resume(): void {
  order = null;
  pending = null;
  isWaitingForFiles = false;
  holds.value = [];
  sendState.value = null;
}

/**
 * Looks again at what held Send, after something has changed. A Send that waits goes on only with what was in sight when
 * it was pressed.
 */
export function review(draft: string): void {
  if (holds.value.length === 0) return;
  const open = reasons();
  const wasPending = pending;
  if (wasPending !== null && wasPending !== inSight()) resume();
  else if (open.length === 0 && wasPending !== null) send(draft);
  else holds.value = open;
}

export function stop(): void {
  isStopping.value = true;
  ask({ name: "stopSending" });
}

/** Bcc copies that were not sent are sent, and nothing else (H58). */
export function sendRest(unsent: readonly string[]): void {
  if (order === null) return;
  order = { ...order, rest: [...unsent] };
  hand();
}

/** The same request once more, as it was frozen. */
export function repeat(): void {
  if (sendState.value?.status === "needs-unlock") hand();
}

/** @returns whether this state is one that the form deals with itself */
export function heardSendState(): boolean {
  const now = sendState.value;
  if (order === null || now === null) return false;
  // The background has thrown the draft away with it: it is not made anew.
  if (now.status === "sent") {
    stopKeeping();
    // Where it had to be looked up, the background does not know which draft it was.
    if (now.unsentBcc.length === 0) ask({ name: "discardKept", draft: order.draft });
  }
  if (now.status === "recipients") {
    heardStates(now.states);
    order = null;
    sendState.value = null;
    holds.value = reasons();
    return true;
  }
  if (now.status === "needs-files") {
    isWaitingForFiles = true;
    sendState.value = { status: "working", step: "encrypting" };
    putAgain(now.files);
    return true;
  }
  return false;
}

effect(() => {
  if (areThere.value && isWaitingForFiles) {
    isWaitingForFiles = false;
    hand();
  }
});
