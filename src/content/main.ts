import { afterChanges } from "../webmail/dom/page-changes.ts";
import { webmailOf } from "../webmail/registry.ts";
import { askedByBackground } from "./asking.ts";
import { native, type Sender } from "./browser.ts";
import { showCompose, showMessage, type PageView } from "./page-view.ts";
import { isOutlived, showUpdated, updatedWords } from "./updated-notice.ts";

/**
 * The content script: finds messages and drafts in a webmail's page, puts our frames beside them, and carries bytes
 * between page and background. It knows no key, no passphrase and nothing that was decrypted.
 */
function start(): void {
  const life = new AbortController();
  const views = new Map<string, PageView>();
  const updated = updatedWords();

  native().runtime.onMessage.addListener((message: unknown, sender: Sender, respond: (value: unknown) => void) => {
    const request = askedByBackground(message, sender, native().runtime.id);
    const answer = request && views.get(request.viewId)?.(request);
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
          void showMessage(message, views).then(() => {
            if (!isOutlived() || message.end.aborted) return;
            const notice = showUpdated(message.anchor, updated, () => {
              location.reload();
            });
            message.end.addEventListener("abort", () => {
              notice.remove();
            });
          });
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
