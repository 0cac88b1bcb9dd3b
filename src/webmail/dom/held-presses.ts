/** What is held, and what of it counts as Send. */
export interface HeldPresses {
  /** The button, or what stands in it. */
  readonly isSend: (target: EventTarget | null) => boolean;
  readonly isShortcut: (event: KeyboardEvent) => boolean;
  readonly onAttempt: () => void;
}

/**
 * Keeps a webmail's own Send from acting: every press of it, its menu and its shortcuts come here instead. At the window
 * and in the capture phase, before any listener of the page below it.
 */
export function holdPresses(window: Window, { isSend, isShortcut, onAttempt }: HeldPresses, signal: AbortSignal): void {
  const stop = (event: Event): void => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };
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
    if (!isPress && !isShortcut(event)) return;
    stop(event);
    if (event.type === "keydown" && !event.repeat) onAttempt();
  };
  for (const name of ["keydown", "keypress", "keyup"] as const) {
    window.addEventListener(name, onKey, { capture: true, signal });
  }
}
