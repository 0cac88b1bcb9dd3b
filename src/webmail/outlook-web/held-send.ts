import { holdPresses } from "../dom/held-presses.ts";
import type { ComposeForm } from "./compose-form.ts";
import { SEND } from "./selectors.ts";

/** Ctrl+Enter, and Cmd+Enter on a Mac, send in Outlook on the web; Alt+S is its access key in English. */
function isSendShortcut(event: KeyboardEvent): boolean {
  const { key, ctrlKey, metaKey, altKey } = event;
  return (key === "Enter" && (ctrlKey || metaKey)) || (key.toLowerCase() === "s" && altKey && !ctrlKey);
}

/** Keeps the form's own Send from acting. */
export function holdSend({ root }: ComposeForm, onAttempt: () => void, signal: AbortSignal): void {
  const window = root.ownerDocument.defaultView;
  if (window === null) return;
  const isSend = (target: EventTarget | null): boolean =>
    target instanceof Element && target.closest(SEND) !== null && root.contains(target);
  const isShortcut = (event: KeyboardEvent): boolean =>
    isSendShortcut(event) && event.target instanceof Node && root.contains(event.target);
  holdPresses(window, { isSend, isShortcut, onAttempt }, signal);
}
