import type { Refusal, RefusalReason } from "../../messages/content-requests.ts";
import { at, requestOf, type Action } from "./envelope.ts";

/** The first response message of a call, or why there is none. */
export type ServiceResult = { readonly ok: true; readonly message: unknown } | Refused;

/** `isSure`: the server answered, so nothing was done. Otherwise it may have been done, and the answer was lost. */
export interface Refused extends Refusal {
  readonly isSure: boolean;
}

export interface ServiceOptions {
  readonly fetch: typeof fetch;
  readonly cookies: () => string;
  /** Whose mailbox the page shows, where it is a shared one (`x-owa-explicitlogonuser`). */
  readonly sharedMailbox: () => string | null;
}

/** @param mime octets for the `MimeContent` of `body` */
export type Service = (
  action: Action,
  body: Readonly<Record<string, unknown>>,
  mime?: Uint8Array,
) => Promise<ServiceResult>;

/** Longer than Exchange takes for 25 MB over a slow line; after it the person is told. Milliseconds. */
const TIMEOUT_MS = 60_000;

/** Exchange's own words, cut: they are shown as foreign text. */
const MAX_TEXT = 300;

const refused = (reason: RefusalReason, text: string, isSure: boolean): Refused => ({
  ok: false,
  reason,
  text: text.slice(0, MAX_TEXT),
  isSure,
});

/** The script-readable cookie that every call repeats in a header (outlook-web.md 2.1). */
function canary(cookies: string): string | null {
  return /(?:^|;\s*)X-OWA-CANARY=([^;]+)/.exec(cookies)?.[1] ?? null;
}

const BY_CODE: Readonly<Record<string, RefusalReason>> = {
  ErrorItemNotFound: "not-found",
  ErrorMessageSizeExceeded: "too-large",
  OverBudgetException: "throttled",
  ErrorTooManyObjectsOpened: "throttled",
  ErrorServerBusy: "throttled",
};

function byStatus(status: number): RefusalReason | null {
  if (status === 401 || status === 440) return "signed-out";
  if (status === 429 || status === 503) return "throttled";
  if (status === 413) return "too-large";
  return status >= 400 ? "refused" : null;
}

function readAnswer(answer: unknown, status: number): ServiceResult {
  const message = at(answer, "Body.ResponseMessages.Items.0");
  const code = at(message, "ResponseCode") ?? at(answer, "Body.ExceptionName");
  const text = at(message, "MessageText") ?? at(answer, "Body.FaultMessage");
  const name = typeof code === "string" ? code : "";
  if (status === 200 && at(message, "ResponseClass") === "Success") return { ok: true, message };
  const reason = Object.hasOwn(BY_CODE, name) ? BY_CODE[name] : undefined;
  return refused(reason ?? byStatus(status) ?? "refused", typeof text === "string" ? text : name, true);
}

/** Calls of Outlook's JSON service with the session of the page (outlook-web.md 2.1). */
export function owaService({ fetch, cookies, sharedMailbox }: ServiceOptions): Service {
  // Bound to the window: an unbound `fetch` of a page is refused by the browser.
  const send = (url: string, init: RequestInit): Promise<Response> => fetch.call(globalThis, url, init);
  return async (action, body, mime) => {
    const token = canary(cookies());
    if (token === null) return refused("signed-out", "", true);
    const owner = sharedMailbox();
    const shared =
      owner === null
        ? {}
        : {
            "x-owa-explicitlogonuser": owner,
            "x-anchormailbox": owner,
            "x-customowascenariodata": "MailboxAccess:SharedMailbox,ExplicitLogon",
          };
    let response: Response;
    let content: string;
    try {
      response = await send(`/owa/service.svc?action=${action}`, {
        method: "POST",
        credentials: "same-origin",
        redirect: "manual",
        headers: {
          "Content-Type": "application/json; charset=utf-8",
          Action: action,
          "X-OWA-CANARY": token,
          ...shared,
        },
        body: requestOf(action, body, mime),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      content = await response.text();
    } catch {
      return refused("unreachable", "", false);
    }
    // A redirect, or HTML where JSON belongs, is the sign-in page.
    if (response.type === "opaqueredirect") return refused("signed-out", "", true);
    let answer: unknown;
    try {
      answer = JSON.parse(content);
    } catch {
      const isPage = response.ok && /^\s*</.test(content);
      const reason = isPage ? "signed-out" : byStatus(response.status);
      // A proxy's error page says nothing of what happened behind it.
      return refused(
        reason ?? "unreachable",
        String(response.status),
        isPage || (response.status < 500 && reason !== null),
      );
    }
    return readAnswer(answer, response.status);
  };
}
