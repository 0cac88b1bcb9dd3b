import type { PageRequest } from "../messages/content-requests.ts";
import type { Webmail } from "../webmail/adapter.ts";
import { native, type Sender } from "./browser.ts";
import { showCompose, showMessage, type PageView } from "./page-view.ts";

/**
 * Puts our frames beside a webmail's messages and drafts, and carries bytes between page and background. It knows no key,
 * no passphrase and nothing that was decrypted.
 */
export function serve(webmail: Webmail): void {
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
}
