import { signal } from "@preact/signals";
import { isBlank } from "../../../messages/form-content.ts";
import { ask } from "../compose-state.ts";
import { draftId, keptContent } from "./fields.ts";
import { files } from "./files.ts";
import { heardText } from "./message-size.ts";

/** So long after the last change the draft is kept, and at the latest so long after the first. Milliseconds. */
const QUIET_MS = 1000;
const LATEST_MS = 10_000;

export type Keeping =
  | { readonly state: "nothing" | "changed" }
  | { readonly state: "kept" | "saved"; readonly at: Date }
  | { readonly state: "not-kept" | "not-saved"; readonly reason: string };

/** Whether what stands in the form is on the disk, encrypted to the person (T19, T20). */
export const keeping = signal<Keeping>({ state: "nothing" });

let timer: ReturnType<typeof setTimeout> | undefined;
let changedAt: number | null = null;
let isStopped = true;
/** Whether keeping it here failed the last time; what `keeping` says may be about the webmail's copy by now. */
let couldNotKeep = false;

export function keepNow(): void {
  clearTimeout(timer);
  changedAt = null;
  if (isStopped) return;
  const content = keptContent();
  heardText(content);
  const draft = draftId.value;
  ask(isBlank(content) ? { name: "discardKept", draft } : { name: "keepDraft", draft, content });
}

/** What stands in the form is nowhere else: it could not be kept, or a file of it could not (H94). */
export const isOnlyHere = (): boolean => !isStopped && (couldNotKeep || files.value.some(({ isKept }) => !isKept));

/** Something in the form is other than before. Called at each key: it reads nothing. */
export function changed(): void {
  if (isStopped) return;
  const now = performance.now();
  changedAt ??= now;
  clearTimeout(timer);
  timer = setTimeout(keepNow, Math.max(0, Math.min(QUIET_MS, changedAt + LATEST_MS - now)));
}

/** The frame may be about to go: what is not kept yet is kept now. */
export function keepRest(): void {
  if (changedAt !== null) keepNow();
}

/** A form without anything of a person's in it is not kept. */
export function startKeeping(): void {
  isStopped = false;
  couldNotKeep = false;
  keeping.value = { state: "nothing" };
}

export function stopKeeping(): void {
  isStopped = true;
  changedAt = null;
  clearTimeout(timer);
}

/** Kept in the webmail's own Drafts, as an encrypted message to oneself. */
export function saveToWebmail(): void {
  keepNow();
  ask({ name: "saveToWebmail", draft: draftId.value, content: keptContent() });
}

export function heardKept(draft: string, at: Date): void {
  if (draft !== draftId.value) return;
  couldNotKeep = false;
  keeping.value = { state: "kept", at };
}

export function heardNotKept(draft: string, reason: string): void {
  if (draft !== draftId.value) return;
  couldNotKeep = true;
  keeping.value = { state: "not-kept", reason };
}
