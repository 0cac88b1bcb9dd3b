import { signal } from "@preact/signals";
import { warn } from "../../components/live-regions.tsx";
import { words } from "../../words.ts";

/** Where the next key goes. `taken`: it left while a person was typing, which no person does (attack: stolen focus). */
export type KeyboardPlace = "here" | "elsewhere" | "taken";
export const keyboardPlace = signal<KeyboardPlace>("here");

/** Whoever typed less long ago was still typing, ms. */
const TYPING_MS = 1200;

/** Keys that lead out of a frame or a window. */
const LEADS_OUT = /^(Tab|F6|Escape|Alt|Control|Meta|Shift)$/;

/**
 * Follows whether the keyboard is in this frame. A page can take the focus without a trace, and what is typed then goes
 * to the page: the form says so, and at once where a person was typing.
 */
export function watchKeyboard(target: Window, now: () => number): void {
  let lastTyped = Number.NEGATIVE_INFINITY;
  let wasHere = false;
  target.addEventListener(
    "keydown",
    ({ key }) => {
      lastTyped = LEADS_OUT.test(key) ? Number.NEGATIVE_INFINITY : now();
    },
    { capture: true },
  );
  target.addEventListener("focus", () => {
    wasHere = true;
    keyboardPlace.value = "here";
  });
  target.addEventListener("blur", () => {
    if (!wasHere) return;
    const isTaken = now() - lastTyped < TYPING_MS;
    keyboardPlace.value = isTaken ? "taken" : "elsewhere";
    if (isTaken) warn(words("keyboard_taken"));
  });
}
