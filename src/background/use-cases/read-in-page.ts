import type { OpenedMessage } from "../../engine/smime/open.ts";
import { openMessage } from "../../engine/smime/open.ts";
import type { Identity } from "../../engine/smime/identity.ts";
import { parseSourceReply } from "../../messages/content-requests.ts";
import type { FrameEvent } from "../../messages/frame-requests.ts";
import type { MailContext } from "../mail-context.ts";
import { Refusal } from "../refusal.ts";
import { lockedIdentity } from "./locked-identity.ts";
import { knownContacts, type Acquaintances } from "./known-people.ts";
import { eventsOf, viewOf } from "./message-view.ts";
import { tryPassword } from "./message-password.ts";
import { rememberVerified } from "./verified-before.ts";
import type { View } from "./views.ts";

/** The octets that the webmail has, as far as the page brings them. */
export async function sourceOf(reply: unknown): Promise<Uint8Array | FrameEvent> {
  const source = parseSourceReply(reply);
  if (source === null) return { kind: "sourceFailed", reason: "page-unknown", text: "" };
  if (!source.ok) return { kind: "sourceFailed", reason: source.reason, text: source.text };
  return new Uint8Array(source.source instanceof Blob ? await source.source.arrayBuffer() : source.source);
}

/** Whether an own certificate fits a layer that is still closed. */
function keyFits({ layers, verdict }: OpenedMessage): boolean {
  if (verdict.encryption !== "cannot-decrypt") return false;
  return layers.some((layer) => "reasons" in layer && layer.reasons.includes("decrypt.failed"));
}

const lockedIdentities = async ({ keys }: MailContext): Promise<readonly Identity[]> =>
  (await keys.certificates()).map(lockedIdentity);

async function openWith(
  source: Uint8Array,
  identities: readonly Identity[],
  { anchors, people, now }: MailContext,
  passwords: readonly string[] = [],
): Promise<OpenedMessage> {
  const intermediates = identities.flatMap(({ chain }) => chain);
  const decisions = await people();
  return openMessage(source, { identities, anchors: await anchors(), intermediates, at: now(), decisions, passwords });
}

/**
 * Opens the message of a view: fetches it from the page, verifies it without any key, and only then, where a key fits
 * and may be used, decrypts it.
 *
 * @param isPressed whether the person pressed for it; otherwise the setting and the limit of operations decide
 * @throws {SmimeError} where the message cannot be read
 */
export async function* readInPage(view: View, isPressed: boolean, context: MailContext): AsyncGenerator<FrameEvent> {
  const source = await sourceOf(await context.askPage(view, { name: "needSource", viewId: view.id }));
  if ("kind" in source) {
    yield source;
    return;
  }
  let opened = await openWith(source, await lockedIdentities(context), context);
  if (keyFits(opened)) {
    const closed = await whyClosed(view, isPressed, context);
    const identities = closed === null ? await context.keys.unlocked() : null;
    if (identities === null) {
      yield { kind: "closed", reason: closed ?? "locked" };
      return;
    }
    yield { kind: "decrypting", size: source.length };
    opened = await openWith(source, identities, context);
  }
  yield* shown(opened, context);
}

/**
 * Opens the message of a view with the password that a person has typed for it in a window of ours. That counts for the
 * view whose frame has asked, and once: the password is kept nowhere, and what it opens goes to that frame alone
 * (attack 56).
 *
 * @throws {Refusal} `password.gone` where the frame has not asked, or the message is not to be had any more;
 *   `password.wrong`, `password.wait`
 */
export async function* readWithPassword(
  view: View,
  password: string,
  context: MailContext,
): AsyncGenerator<FrameEvent> {
  const { questions, keys, passwordAttempts } = context;
  if ((await questions.get(view.id))?.kind !== "password") throw new Refusal("password.gone");
  const source = await sourceOf(await context.askPage(view, { name: "needSource", viewId: view.id }));
  if ("kind" in source) throw new Refusal("password.gone");
  const unlocked = await keys.unlocked();
  const identities = unlocked ?? (await lockedIdentities(context));
  const opened = await tryPassword(passwordAttempts, () => openWith(source, identities, context, [password]));
  await questions.withdraw(view.id);
  yield { kind: "passwordFits" };
  // A layer around the password's, or inside it, may be for an own key.
  if (unlocked === null && keyFits(opened)) yield { kind: "closed", reason: "locked" };
  else yield* shown(opened, context);
}

/** What the frame hears of an opened message; its signer is remembered. */
async function* shown(opened: OpenedMessage, context: MailContext): AsyncGenerator<FrameEvent> {
  // Before this message is remembered: whom it imitates is not to be learned from it.
  const people = await acquaintances(context);
  const taken = await context.remember(opened);
  await rememberVerified(context.verified, opened, context.now());
  if (taken !== null) yield { kind: "contact", ...taken };
  for (const event of eventsOf(await viewOf(opened, people))) yield { kind: "message", event };
}

async function acquaintances({ keys, contacts, people, verified, now }: MailContext): Promise<Acquaintances> {
  return {
    own: await keys.certificates(),
    contacts: await knownContacts(contacts),
    people: await people(),
    verified,
    now: now(),
  };
}

type WhyClosed = Extract<FrameEvent, { kind: "closed" }>["reason"];

async function whyClosed(view: View, isPressed: boolean, context: MailContext): Promise<WhyClosed | null> {
  if (isPressed) return null;
  if (!(await context.settings()).openEncryptedOnSight) return "by-setting";
  return (await context.takeOperation(view.page.tabId)) ? null : "too-many";
}

/**
 * Opens a message that stands inside another, at a press. It is judged on its own and says nothing about the other
 * (attack 15).
 *
 * @throws {SmimeError} where it cannot be read
 */
export async function* readAttached(
  path: string,
  source: Uint8Array,
  context: MailContext,
): AsyncGenerator<FrameEvent> {
  const identities = (await context.keys.unlocked()) ?? (await lockedIdentities(context));
  const opened = await openWith(source, identities, context);
  const view = await viewOf(opened, await acquaintances(context));
  for (const event of eventsOf(view)) yield { kind: "attached", path, event };
}
