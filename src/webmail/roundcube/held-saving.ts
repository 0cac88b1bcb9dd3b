import type { ComposeForm } from "./compose-form.ts";

/**
 * Keeps the page from saving its form to the server, by its timer or otherwise, until `signal` is aborted: a form of this
 * method that stands in no dialog goes nowhere when it is submitted (HTML section 4.10.22.3).
 */
export function holdSaving({ form }: ComposeForm, signal: AbortSignal): void {
  const before = form.getAttribute("method");
  form.setAttribute("method", "dialog");
  signal.addEventListener("abort", () => {
    if (before === null) form.removeAttribute("method");
    else form.setAttribute("method", before);
  });
}

/**
 * Removes what the page keeps of the form in the browser. It writes there only after keys were pressed in it, and never
 * what is empty, so that it does not come back.
 *
 * @param composeId names the form in `roundcube.<user>.compose.<form>`
 */
export function removeLocalCopies({ form }: ComposeForm, composeId: string): void {
  const storage = form.ownerDocument.defaultView?.localStorage;
  if (storage === undefined) return;
  for (const key of Object.keys(storage)) {
    if (key.endsWith(`.compose.${composeId}`)) storage.removeItem(key);
  }
}
