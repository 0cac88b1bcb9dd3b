import type { PageRequest } from "../messages/content-requests.ts";
import { afterChanges } from "../webmail/dom/page-changes.ts";
import { webmailOf } from "../webmail/registry.ts";
import { native, type Sender } from "./browser.ts";
import { showCompose, showMessage, type PageView } from "./page-view.ts";

/**
 * The content script: finds messages and drafts in a webmail's page, puts our frames beside them, and carries bytes
 * between page and background. It knows no key, no passphrase and nothing that was decrypted.
 */
function start(): void {
  const life = new AbortController();
  const views = new Map<string, PageView>();

  native().runtime.onMessage.addListener((message: unknown, sender: Sender, respond: (value: unknown) => void) => {
    // Only the background asks: everybody else of this extension sends from a tab.
    const isOurs = sender.id === native().runtime.id && sender.tab === undefined;
    const request = message as PageRequest;
    const answer = isOurs ? views.get(request.viewId)?.(request) : null;
    void Promise.resolve(answer ?? null).then(respond, () => {
      respond(null);
    });
    return true;
  });

  const finding = new AbortController();
  const find = (): void => {
    const webmail = webmailOf(document);
    if (webmail === null) return;
    finding.abort();
    webmail.observe(
      {
        message: (message) => {
          void showMessage(message, views);
        },
        compose: (compose) => {
          void showCompose(compose, views);
        },
      },
      life.signal,
    );
  };
  afterChanges(document.documentElement, [], find, AbortSignal.any([finding.signal, life.signal]));
}

// Injected at once when a site is granted, and registered for its next pages: the second run finds the first.
const MARK = Symbol.for("signet");
if (!(MARK in globalThis)) {
  Object.defineProperty(globalThis, MARK, { value: true });
  start();
}
