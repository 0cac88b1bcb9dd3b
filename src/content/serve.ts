import type { Webmail } from "../webmail/adapter.ts";
import { askedByBackground } from "./asking.ts";
import { native, type Sender } from "./browser.ts";
import { showCompose, showMessage, type PageView } from "./page-view.ts";
import { isOutlived, showUpdated, updatedWords } from "./updated-notice.ts";

/**
 * Puts our frames beside a webmail's messages and drafts, and carries bytes between page and background. It knows no key,
 * no passphrase and nothing that was decrypted.
 */
export function serve(webmail: Webmail): void {
  const life = new AbortController();
  const views = new Map<string, PageView>();
  const words = updatedWords();

  native().runtime.onMessage.addListener((message: unknown, sender: Sender, respond: (value: unknown) => void) => {
    const request = askedByBackground(message, sender, native().runtime.id);
    const answer = request && views.get(request.viewId)?.(request);
    void Promise.resolve(answer ?? null).then(respond, () => {
      respond(null);
    });
    return true;
  });

  const say = (anchor: Element, end: AbortSignal, sentence: string): void => {
    if (end.aborted) return;
    const notice = showUpdated(anchor, { ...words, sentence }, () => {
      location.reload();
    });
    end.addEventListener("abort", () => {
      notice.remove();
    });
  };
  webmail.observe(
    {
      message: (message) => {
        void showMessage(message, views).then(() => {
          if (isOutlived()) say(message.anchor, message.end, words.sentence);
        });
      },
      compose: (compose) => {
        void showCompose(compose, views).then((heard) => {
          if (heard === "silent") say(compose.anchor, compose.end, words.held);
        });
      },
    },
    life.signal,
  );
}
