import { openMessage as open } from "../../engine/smime/open.ts";
import type { OpenEvent } from "../../messages/answers.ts";
import type { OpenRequest } from "../../messages/page-requests.ts";
import type { PageContext } from "../page-context.ts";
import { currentAnchors } from "./anchors.ts";
import { rememberSigner } from "./contacts.ts";
import { knownContacts } from "./known-people.ts";
import { currentPeople } from "./person-decisions.ts";
import { rememberVerified } from "./verified-before.ts";
import { tryPassword } from "./message-password.ts";
import { eventsOf, viewOf, type Viewed } from "./message-view.ts";

export type OpenContext = Pick<
  PageContext,
  "keys" | "anchors" | "contacts" | "people" | "verified" | "builtInRoots" | "passwordAttempts" | "now"
>;

const bytesOf = async (file: Blob): Promise<Uint8Array> => new Uint8Array(await file.arrayBuffer());

async function openWith(request: OpenRequest, context: OpenContext): Promise<Viewed> {
  const identities = await context.keys.identities();
  const { password } = request;
  const detached = request.detachedContent && { detachedContent: await bytesOf(request.detachedContent) };
  const decisions = await currentPeople(context);
  const message = await bytesOf(request.message);
  const options = {
    identities,
    anchors: await currentAnchors(context),
    intermediates: identities.flatMap(({ chain }) => chain),
    at: context.now(),
    decisions,
    ...detached,
  };
  const opened =
    password === undefined
      ? await open(message, options)
      : await tryPassword(context.passwordAttempts, () => open(message, { ...options, passwords: [password] }));
  const own = (await context.keys.list()).map(({ certificate }) => certificate);
  const contacts = await knownContacts(context.contacts);
  const people = { own, contacts, people: decisions, verified: context.verified, now: context.now() };
  await rememberSigner(context, opened);
  await rememberVerified(context.verified, opened, context.now());
  return viewOf(opened, people);
}

/**
 * Opens a message with the person's keys and anchors: first what it is found to be, then what it contains.
 *
 * @throws {SmimeError} where the file cannot be read
 * @throws {KeyStoreError} `vault.locked` where it is encrypted to an identity whose key is locked
 * @throws {Refusal} `password.wrong`, `password.wait` where it is opened with a password
 */
export async function* openMessage(request: OpenRequest, context: OpenContext): AsyncGenerator<OpenEvent> {
  yield* eventsOf(await openWith(request, context));
}
