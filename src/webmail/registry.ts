import type { WebmailName } from "../messages/content-requests.ts";
import { isOutlookWeb } from "./outlook-web/outlook-web.ts";
import { isRoundcube } from "./roundcube/roundcube.ts";

/** The webmails that Signet knows; the first that takes the page for its own has it. */
export function webmailOf(document: Document): WebmailName | null {
  if (isOutlookWeb(document)) return "outlook-web";
  return isRoundcube(document) ? "roundcube" : null;
}
