import type { PageSettings } from "./page-settings.ts";

/**
 * Leaves the form as Roundcube does after its own Send: a window of its own closes, a page goes back to the list. What
 * stands in the form has been sent, so that the page's question whether to leave it is not asked.
 */
export function leaveForm(window: Window, { address, folder }: PageSettings): void {
  window.addEventListener(
    "beforeunload",
    (event) => {
      event.stopImmediatePropagation();
    },
    { capture: true },
  );
  if (window.opener !== null) window.close();
  else window.location.assign(`${address}&${new URLSearchParams({ _mbox: folder }).toString()}`);
}
