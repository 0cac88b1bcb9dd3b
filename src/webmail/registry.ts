import type { Webmail } from "./adapter.ts";
import { isOutlookWeb, outlookWeb } from "./outlook-web/outlook-web.ts";
import { sharedMailboxInPath } from "./outlook-web/selectors.ts";
import { owaService } from "./outlook-web/service.ts";
import { isRoundcube, roundcube } from "./roundcube/roundcube.ts";

/** The webmails that Signet knows; the first that takes the page for its own has it. */
export function webmailOf(document: Document): Webmail | null {
  if (isOutlookWeb(document)) {
    const sharedMailbox = (): string | null => sharedMailboxInPath(document.location.pathname);
    return outlookWeb(document, owaService({ fetch, cookies: () => document.cookie, sharedMailbox }));
  }
  return isRoundcube(document) ? roundcube(document, fetch) : null;
}
