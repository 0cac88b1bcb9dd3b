import type { ContentRequest } from "../messages/content-requests.ts";
import { afterChanges } from "../webmail/dom/page-changes.ts";
import { webmailOf } from "../webmail/registry.ts";
import { native } from "./browser.ts";

/** The background is started anew within this time. Milliseconds. */
const ASK_AGAIN_MS = 500;
const MAX_FAILURES = 10;

/**
 * The script that every page of a granted site gets: it finds out which webmail the page is, and asks for the script of
 * that one. No page pays for a webmail that it is not.
 */
function start(): void {
  const finding = new AbortController();
  let isAsked = false;
  let failures = 0;
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
          // The background was starting, and a page that has loaded may not change before somebody writes in it. After
          // that the next change of the page asks again: a script that has outlived its extension asks for ever in vain.
          isAsked = false;
          if (++failures < MAX_FAILURES) setTimeout(find, ASK_AGAIN_MS);
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
