import { holdPresses } from "../dom/held-presses.ts";
import { SEND } from "./selectors.ts";

/** Roundcube has no shortcut for Send; its buttons are what there is, in and around the form. */
export function holdSend(window: Window, onAttempt: () => void, signal: AbortSignal): void {
  const isSend = (target: EventTarget | null): boolean => target instanceof Element && target.closest(SEND) !== null;
  holdPresses(window, { isSend, isShortcut: () => false, onAttempt }, signal);
}
