import type { ComposeForm } from "./compose-form.ts";
import { SEND } from "./selectors.ts";

/** Ctrl+Enter, and Cmd+Enter on a Mac, send in Outlook on the web; Alt+S is its access key in English. */
function isSendShortcut(event: KeyboardEvent): boolean {
  const { key, ctrlKey, metaKey, altKey } = event;
  return (key === "Enter" && (ctrlKey || metaKey)) || (key.toLowerCase() === "s" && altKey && !ctrlKey);
}

/**
 * Keeps the webmail's own Send from acting: every press of it, its menu and its shortcuts come here instead. At the
 * window and in the capture phase, before any listener of the page below it.
 */
export function holdSend({ root }: ComposeForm, onAttempt: () => void, signal: AbortSignal): void {
  const window = root.ownerDocument.defaultView;
  if (window === null) return;
  const stop = (event: Event): void => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  const isSend = (target: EventTarget | null): boolean =>
    target instanceof Element && target.closest(SEND.css) !== null && root.contains(target);
  // Pressing and releasing are stopped too, since pages act on either; what counts as an attempt is the click.
  for (const name of ["pointerdown", "mousedown", "pointerup", "mouseup", "touchstart", "touchend"]) {
    const onPress = (event: Event): void => {
      if (isSend(event.target)) stop(event);
    };
    window.addEventListener(name, onPress, { capture: true, signal });
  }
  window.addEventListener(
    "click",
    (event) => {
      if (!isSend(event.target)) return;
      stop(event);
      onAttempt();
    },
    { capture: true, signal },
  );
  const onKey = (event: KeyboardEvent): void => {
    const isPress = (event.key === "Enter" || event.key === " ") && isSend(event.target);
    const isShortcut = isSendShortcut(event) && event.target instanceof Node && root.contains(event.target);
    if (!isPress && !isShortcut) return;
    stop(event);
    if (event.type === "keydown" && !event.repeat) onAttempt();
  };
  for (const name of ["keydown", "keypress", "keyup"] as const) {
    window.addEventListener(name, onKey, { capture: true, signal });
  }
}
