import type { ContentRequest } from "../messages/content-requests.ts";
import { afterChanges } from "../webmail/dom/page-changes.ts";
import { webmailOf } from "../webmail/registry.ts";
import { native } from "./browser.ts";

/**
 * The script that every page of a granted site gets: it finds out which webmail the page is, and asks for the script of
 * that one. No page pays for a webmail that it is not.
 */
function start(): void {
  const finding = new AbortController();
  let isAsked = false;
  const find = (): void => {
    const webmail = webmailOf(document);
    if (webmail === null || isAsked) return;
    isAsked = true;
    const request: ContentRequest = { name: "loadWebmail", webmail };
    native()
      .runtime.sendMessage(request)
      .then(
        () => {
          finding.abort();
        },
        () => {
          // The background was starting: the next change of the page asks again.
          isAsked = false;
        },
      );
  };
  afterChanges(document.documentElement, [], find, finding.signal);
}

// Injected at once when a site is granted, and registered for its next pages: the second run finds the first.
const MARK = Symbol.for("signet");
if (!(MARK in globalThis)) {
  Object.defineProperty(globalThis, MARK, { value: true });
  start();
}
