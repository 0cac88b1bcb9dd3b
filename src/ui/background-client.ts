import type { Answer, Failure, OpenEvent, RequestOf, ValueOf } from "../messages/answers.ts";
import type { Needs } from "../messages/failure.ts";
import { OPEN_PORT, type OpenRequest, type PageRequestName } from "../messages/page-requests.ts";
import { native } from "./browser.ts";

const LOST: Failure = { code: "internal", context: { reason: "no-answer" } };

/** Asks the background. A worker that dies on the way is an answer as well. */
export async function ask<Name extends PageRequestName>(request: RequestOf<Name>): Promise<Answer<ValueOf<Name>>> {
  try {
    const answer: unknown = await native().runtime.sendMessage(request);
    return answer === null || answer === undefined ? { ok: false, error: LOST } : (answer as Answer<ValueOf<Name>>);
  } catch {
    return { ok: false, error: LOST };
  }
}

/** Whether a person is needed first; the request is then made again as it was. */
export function isNeeding(value: unknown): value is Needs {
  return typeof value === "object" && value !== null && "needs" in value;
}

/** Opens a message. `listen` gets every event in order, and always a last `done` or `failed`. */
export function openFile(request: Omit<OpenRequest, "name">, listen: (event: OpenEvent) => void): void {
  const port = native().runtime.connect({ name: OPEN_PORT });
  let isOver = false;
  const pass = (event: OpenEvent): void => {
    if (isOver) return;
    isOver = event.kind === "done" || event.kind === "failed";
    listen(event);
  };
  port.onMessage.addListener((event: unknown) => {
    pass(event as OpenEvent);
  });
  port.onDisconnect.addListener(() => {
    pass({ kind: "failed", error: LOST });
  });
  port.postMessage({ name: "openMessage", ...request } satisfies OpenRequest);
}
