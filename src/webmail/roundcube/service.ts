import type { Refusal, RefusalReason } from "../../messages/content-requests.ts";
import type { PageSettings } from "./page-settings.ts";
import type { Session } from "./session.ts";

/** What Roundcube says of a request: the calls for its page to make. */
export type ServiceResult = { readonly ok: true; readonly calls: readonly PageCall[] } | Refused;

/** `isSure`: the server answered, so nothing was done. Otherwise it may have been done, and the answer was lost. */
export interface Refused extends Refusal {
  readonly isSure: boolean;
}

/** `this.<name>(<values>);` of an answer. */
export interface PageCall {
  readonly name: string;
  readonly values: readonly unknown[];
}

export interface ServiceRequest {
  readonly action:
    "import" | "search" | "list" | "bounce" | "mark" | "delete" | "send" | "remove-attachment" | "autocomplete";
  /** In the address. */
  readonly query?: Readonly<Record<string, string>>;
  /** Makes it a POST. */
  readonly form?: FormData | Readonly<Record<string, string>>;
}

export type Service = (request: ServiceRequest) => Promise<ServiceResult>;

/** Longer than a server takes for 30 MB over a slow line; after it the person is told. Milliseconds. */
const TIMEOUT_MS = 120_000;

/** Roundcube's own words, cut: they are shown as foreign text. */
const MAX_TEXT = 300;

export const refused = (reason: RefusalReason, text: string, isSure: boolean): Refused => ({
  ok: false,
  reason,
  text: text.slice(0, MAX_TEXT),
  isSure,
});

const SIGNED_OUT = refused("signed-out", "", true);

/** The address of an action of this page's server. */
export function addressOf({ address }: PageSettings, parameters: Readonly<Record<string, string>>): string {
  return `${address}&${new URLSearchParams(parameters).toString()}`;
}

/** The calls of an answer: JSON values between parentheses, each call on a line. */
function* callsIn(exec: string): Generator<PageCall> {
  for (const [, name = "", values = ""] of exec.matchAll(/^this\.(\w+)\((.*)\);$/gm)) {
    try {
      yield { name, values: JSON.parse(`[${values}]`) as unknown[] };
    } catch {
      // A call of another form is none that is looked for here.
    }
  }
}

/** What is written for a page, in words: without markup, and without the entities in which Roundcube writes it. */
export const wordsOf = (value: unknown): string =>
  typeof value === "string"
    ? value.replace(/<[^>]*>/g, "").replace(/&(lt|gt|quot|amp|#0?39);/g, (_, name: string) => ENTITIES[name] ?? "'")
    : "";
const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', amp: "&" };

const shows = (calls: readonly PageCall[], kind: "confirmation" | "error"): PageCall | undefined =>
  calls.find(({ name, values }) => name === "display_message" && values[1] === kind);

/** Whether the page is told that what was asked has been done. */
export const isConfirmed = (calls: readonly PageCall[]): boolean => shows(calls, "confirmation") !== undefined;

/**
 * Roundcube answers 200 to everything: a request has failed where the page is told to show an error and no success (what
 * was sent, and could not be kept, shows both), or that the session has ended.
 */
function readAnswer(body: string): ServiceResult {
  let exec: unknown;
  try {
    exec = (JSON.parse(body) as { exec?: unknown } | null)?.exec;
  } catch {
    // A page in place of JSON is the sign-in page; half of an answer is none.
    return /^\s*<!doctype/i.test(body) ? SIGNED_OUT : refused("unreachable", "", false);
  }
  if (typeof exec !== "string") return refused("refused", "", false);
  const calls = [...callsIn(exec)];
  if (calls.some(({ name }) => name === "session_error")) return SIGNED_OUT;
  const error = shows(calls, "error");
  if (error === undefined || isConfirmed(calls)) return { ok: true, calls };
  return refused("refused", wordsOf(error.values[0]), true);
}

/** Roundcube's answer to a token that is not the session's. */
const WRONG_TOKEN = 403;

function byStatus(status: number): Refused | null {
  if (status === 401 || status === WRONG_TOKEN) return SIGNED_OUT;
  if (status === 413) return refused("too-large", "", true);
  if (status === 429 || status === 503) return refused("throttled", String(status), true);
  // A proxy's error page says nothing of what happened behind it.
  return status === 200 ? null : refused("refused", String(status), status < 500);
}

/** Requests to Roundcube with the session of the page; once more where the person has signed in again since. */
export function roundcubeService(settings: PageSettings, session: Session, fetch: typeof globalThis.fetch): Service {
  return async ({ action, query = {}, form }) => {
    // Bound to the window: an unbound `fetch` of a page is refused by the browser.
    const ask = (): Promise<Response> =>
      fetch.call(globalThis, addressOf(settings, { _action: action, _remote: "1", ...query }), {
        method: form === undefined ? "GET" : "POST",
        credentials: "same-origin",
        redirect: "manual",
        headers: { "X-Roundcube-Request": session.token() },
        ...(form === undefined ? {} : { body: form instanceof FormData ? form : new URLSearchParams(form) }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
    let response: Response;
    let body: string;
    try {
      response = await ask();
      // Nothing was done: the token is looked at before the request is.
      if (response.status === WRONG_TOKEN && (await session.renew())) response = await ask();
      body = await response.text();
    } catch {
      return refused("unreachable", "", false);
    }
    if (response.type === "opaqueredirect") return SIGNED_OUT;
    return byStatus(response.status) ?? readAnswer(body);
  };
}
