/** Everything by which text, files and pictures come into a page. */
const ENTRIES = [
  ...["beforeinput", "input", "paste", "cut", "drop", "dragover", "dragenter"],
  ...["compositionstart", "compositionupdate", "keypress"],
] as const;

/** By which people leave a place: they stay. */
const WAYS_OUT: ReadonlySet<string> = new Set(["Tab", "Escape", "F5", "F6", "F10", "F11", "F12"]);

function takesText(target: EventTarget | null): boolean {
  // In a frame of the page it is an element of another world, of which `instanceof` says nothing.
  const { isContentEditable, tagName } = (target ?? {}) as Partial<HTMLElement>;
  return isContentEditable === true || /^(?:BODY|HTML|INPUT|TEXTAREA)$/.test(tagName ?? "");
}

/**
 * Keeps whatever a person types, pastes or drops from the whole page, until `signal` is aborted: a drop that misses our
 * frame, or a key that comes a moment before or after it has the focus, tells the page nothing. What scripts make up is
 * let through, since nobody has typed it. Editors have a frame of the page's own for their text, which is guarded as it
 * comes.
 */
export function guardPage(document: Document, signal: AbortSignal): void {
  const window = document.defaultView;
  if (window === null) return;
  guardWindow(window, signal);
  const guardFrame = (frame: EventTarget | null): void => {
    const inner = frame instanceof HTMLIFrameElement ? frame.contentDocument : null;
    if (inner?.defaultView) guardWindow(inner.defaultView, signal);
  };
  document.querySelectorAll("iframe").forEach(guardFrame);
  const onLoad = ({ target }: Event): void => {
    guardFrame(target);
  };
  document.addEventListener("load", onLoad, { capture: true, signal });
}

function guardWindow(window: Window, signal: AbortSignal): void {
  const stop = (event: Event): void => {
    if (!event.isTrusted) return;
    if (event.cancelable) event.preventDefault();
    event.stopImmediatePropagation();
  };
  const options = { capture: true, passive: false, signal };
  for (const name of ENTRIES) window.addEventListener(name, stop, options);
  for (const name of ["keydown", "keyup"] as const) {
    window.addEventListener(
      name,
      (event) => {
        if (takesText(event.target) && !WAYS_OUT.has(event.key)) stop(event);
      },
      options,
    );
  }
}
