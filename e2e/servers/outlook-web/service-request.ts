import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import type { Fault, Faults } from "./faults.ts";
import { header, send } from "./http.ts";
import type { Json } from "./json.ts";
import type { PostOffice } from "./post-office.ts";
import { exception, refusal, serve, type ServiceAnswer } from "./service.ts";
import type { Session, Sessions } from "./sessions.ts";
import type { MailboxStore } from "./store/mailbox.ts";

export interface ServiceParts {
  readonly sessions: Sessions;
  readonly office: PostOffice;
  readonly faults: Faults;
  readonly maxMessageBytes: number;
}

const LOGGED_OUT = "<!DOCTYPE html><title>Sign in</title><p>Your session has ended. Please sign in.</p>";

/** The mailbox that a request means: the user's, or the shared one of `x-owa-explicitlogonuser`; null where not allowed. */
function mailboxFor(request: IncomingMessage, { user }: Session, office: PostOffice): MailboxStore | null {
  const named = header(request, "x-owa-explicitlogonuser") ?? user.email;
  const anchor = header(request, "x-anchormailbox");
  if (anchor !== undefined && anchor.toLowerCase() !== named.toLowerCase()) return null;
  const isAllowed = named.toLowerCase() === user.email || user.shared?.includes(named.toLowerCase()) === true;
  return isAllowed ? (office.mailbox(named) ?? null) : null;
}

/** The request's JSON: its body, or the header of that name where the body is empty. */
function requestJson(request: IncomingMessage, body: Buffer): Json | undefined {
  const inHeader = header(request, "x-owa-urlpostdata");
  try {
    const text = body.length > 0 || inHeader === undefined ? body.toString("utf8") : decodeURIComponent(inHeader);
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function answerOf(action: string, request: IncomingMessage, body: Buffer, parts: ServiceParts): ServiceAnswer {
  const session = parts.sessions.forService(request);
  if (session === 401 || session === 440) return { status: session, body: {} };
  if (header(request, "action") !== action) {
    return exception(500, "OwaInvalidRequestException", "the header Action and the URL do not agree");
  }
  if (header(request, "content-type")?.startsWith("application/json") !== true) {
    return exception(415, "UnsupportedMediaType", "application/json is expected");
  }
  const mailbox = mailboxFor(request, session, parts.office);
  if (mailbox === null)
    return refusal(action, "ErrorAccessDenied", "Access is denied. Check credentials and try again.");
  const json = requestJson(request, body);
  if (json === undefined) return exception(500, "OwaSerializationException", "the request is not JSON");
  const { office, maxMessageBytes } = parts;
  return serve(action, json, { user: session.user, mailbox, office, maxMessageBytes });
}

const doubled = (text: string): string => {
  const answer = JSON.parse(text) as { Body?: { ResponseMessages?: { Items: unknown[] } } };
  const messages = answer.Body?.ResponseMessages;
  if (messages) messages.Items = [...messages.Items, ...messages.Items];
  return JSON.stringify(answer);
};
const truncated = (text: string): string =>
  text.replace(/("MimeContent":\{"CharacterSet":"UTF-8","Value":")([^"]*)"/g, (_, head: string, value: string) => {
    return `${head}${value.slice(0, Math.floor(value.length / 8) * 4)}"`;
  });

/** What a fault says instead of acting; null where it lets the act happen. */
function instead({ kind }: Fault, action: string): (ServiceAnswer & { readonly html?: string }) | null {
  switch (kind) {
    case "unauthorized":
      return { status: 401, body: {} };
    case "expired":
      return { status: 440, body: {} };
    case "html":
      return { status: 200, body: {}, html: LOGGED_OUT };
    case "throttled":
      return exception(503, "OverBudgetException", "The budget of this user is exceeded.");
    case "too-many-objects":
      return refusal(action, "ErrorTooManyObjectsOpened", "Too many concurrent connections opened.");
    default:
      return null;
  }
}

/** `POST /owa/service.svc?action=…`, and the fault that a test has put in its way. */
export async function serviceRequest(
  request: IncomingMessage,
  response: ServerResponse,
  action: string,
  body: Buffer,
  parts: ServiceParts,
): Promise<void> {
  const fault = parts.faults.take(action, body.toString("utf8"));
  if (fault?.kind === "slow") await pause(fault.milliseconds ?? 1000);
  if (fault?.kind === "silent") return;
  if (fault?.kind === "cut") {
    request.socket.destroy();
    return;
  }
  const refused = fault && instead(fault, action);
  if (refused?.html !== undefined) {
    send(response, { type: "text/html", body: refused.html });
    return;
  }
  if (fault?.kind === "repeated") answerOf(action, request, body, parts);
  const { status, body: answer } = refused ?? answerOf(action, request, body, parts);
  if (fault?.kind === "lost") {
    request.socket.destroy();
    return;
  }
  const text = JSON.stringify(answer);
  const changed =
    fault?.kind === "duplicated"
      ? doubled(text)
      : fault?.kind === "truncated"
        ? truncated(text)
        : fault?.kind === "garbled"
          ? text.slice(0, text.length / 2)
          : text;
  send(response, { status, type: "application/json", body: status === 401 || status === 440 ? "" : changed });
}
