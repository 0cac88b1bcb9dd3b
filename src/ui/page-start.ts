import { render, type VNode } from "preact";
import { language } from "./i18n.tsx";
import { loadStored, watchExpiry } from "./stored.ts";

/** Begins a page of the extension that shows what is stored. */
export function startPage(title: string, page: VNode): void {
  document.title = title;
  document.documentElement.lang = language();
  // A file that misses the drop zone would otherwise take the place of this page.
  for (const name of ["dragover", "drop"] as const) {
    window.addEventListener(name, (event) => {
      event.preventDefault();
    });
  }
  // Another window may have changed what is stored, or locked the keys, meanwhile.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") void loadStored();
  });
  watchExpiry();
  render(page, document.body);
  void loadStored();
}
