import type { SourceReply } from "../../messages/content-requests.ts";
import type { PageSettings } from "./page-settings.ts";
import { addressOf } from "./service.ts";
import type { Session } from "./session.ts";

/** A message of the mailbox. */
export interface MessagePlace {
  readonly folder: string;
  /** `10`, or `10.2.1` for a message that is part 2.1 of it. */
  readonly uid: string;
}

export type FetchSource = (place: MessagePlace) => Promise<SourceReply>;

/** Longer than a server takes for 30 MB over a slow line. Milliseconds. */
const TIMEOUT_MS = 120_000;

const failed = (reason: "signed-out" | "not-found" | "unreachable" | "refused"): SourceReply => ({
  ok: false,
  reason,
  text: "",
});

/**
 * Fetches the stored octets. Roundcube answers 200 to everything, with a page of its own where the session has ended and
 * with nothing for a message that is gone: what comes is taken for the source only where it is all of an attachment.
 */
export function sourceFetcher(settings: PageSettings, session: Session, fetch: typeof globalThis.fetch): FetchSource {
  return async ({ folder, uid }) => {
    const parameters = { _action: "viewsource", _mbox: folder, _uid: uid, _save: "1", _token: session.token() };
    let response: Response;
    let source: Blob;
    try {
      response = await fetch.call(globalThis, addressOf(settings, parameters), {
        credentials: "same-origin",
        redirect: "manual",
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      source = await response.blob();
    } catch {
      return failed("unreachable");
    }
    if (response.type === "opaqueredirect") return failed("signed-out");
    if (!response.ok) return failed(response.status === 403 ? "signed-out" : "refused");
    const type = response.headers.get("Content-Type") ?? "";
    if (/^text\/html\b/i.test(type)) return failed("signed-out");
    const disposition = response.headers.get("Content-Disposition") ?? "";
    if (!/^attachment\b/i.test(disposition) || !/^text\/plain\b/i.test(type)) return failed("refused");
    return source.size === 0 ? failed("not-found") : { ok: true, source };
  };
}
