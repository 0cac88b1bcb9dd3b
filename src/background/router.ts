import type { Answer, OpenEvent, ValueOf } from "../messages/answers.ts";
import { parseOpenRequest, parseRequest, type Request, type RequestName } from "../messages/requests.ts";
import { pageOf, type MessageSender } from "../messages/sender.ts";
import { failureOf } from "./failure.ts";
import type { SessionStore } from "./session-store.ts";
import { forgetAnchors, inspectAnchors, listAnchors, trustAnchors } from "./use-cases/anchors.ts";
import { forgetIdentities, importIdentities, inspectPkcs12, listIdentities } from "./use-cases/identities.ts";
import { openMessage, type OpenContext } from "./use-cases/open-message.ts";

/** Who we are, by the browser: `runtime.id` and `runtime.getURL("")`. */
export interface Extension {
  readonly id: string;
  readonly baseUrl: string;
}

function serve(store: SessionStore, request: Request): Promise<ValueOf<RequestName>> {
  switch (request.name) {
    case "inspectPkcs12":
      return inspectPkcs12(request.file, request.passphrase);
    case "importIdentities":
      return importIdentities(store, request.file, request.passphrase, request.accept);
    case "listIdentities":
      return listIdentities(store);
    case "forgetIdentities":
      return forgetIdentities(store);
    case "inspectAnchors":
      return inspectAnchors(request.file);
    case "trustAnchors":
      return trustAnchors(store, request.file, request.accept);
    case "listAnchors":
      return listAnchors(store);
    case "forgetAnchors":
      return forgetAnchors(store);
  }
}

/**
 * Answers a request. `null` is no answer at all: it came from somebody who may ask nothing, or is none of ours, and
 * neither is told what would have been one.
 */
export async function answer(
  message: unknown,
  sender: MessageSender,
  extension: Extension,
  store: SessionStore,
): Promise<Answer<ValueOf<RequestName>> | null> {
  if (pageOf(sender, extension) === null) return null;
  const request = parseRequest(message);
  if (request === null) return null;
  try {
    return { ok: true, value: await serve(store, request) };
  } catch (error) {
    return { ok: false, error: failureOf(error) };
  }
}

/** The events that a request on the port for messages is answered with; none for what is refused, as above. */
export async function* openEvents(
  message: unknown,
  sender: MessageSender,
  extension: Extension,
  context: OpenContext,
): AsyncGenerator<OpenEvent> {
  if (pageOf(sender, extension) === null) return;
  const request = parseOpenRequest(message);
  if (request === null) return;
  try {
    yield* openMessage(request, context);
  } catch (error) {
    yield { kind: "failed", error: failureOf(error) };
  }
}
