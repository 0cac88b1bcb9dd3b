import { equalBytes } from "../../engine/bytes/equal.ts";
import { SmimeError } from "../../engine/errors.ts";
import type { Identity } from "../../engine/smime/identity.ts";
import { signMessage } from "../../engine/smime/protect.ts";
import { certificateEmails } from "../../engine/x509/email-addresses.ts";
import { parseTransmitReply, type TransmitReply } from "../../messages/content-requests.ts";
import type { HeldReason, SendState, ShownDraft } from "../../messages/frame-requests.ts";
import type { MailContext } from "../mail-context.ts";
import { sourceOf } from "./read-in-page.ts";
import { signingProblem } from "./signing-choices.ts";
import { fingerprint } from "./summary.ts";
import type { View } from "./views.ts";
import { readDraftSource, signatureOf, writeMessage, type DraftSource } from "./written-message.ts";

const held = (reason: HeldReason, text = ""): SendState => ({ status: "held", reason, text });

/** Where a message is held; what was done so far has left nothing behind. */
class Held extends Error {
  readonly state: SendState;
  constructor(reason: HeldReason) {
    super(reason);
    this.state = held(reason);
  }
}

async function chosenIdentity(
  { certificate, draft }: Order,
  identities: readonly Identity[],
  at: Date,
): Promise<Identity> {
  for (const identity of identities) {
    if ((await fingerprint(identity.certificate)) !== certificate) continue;
    if (signingProblem(identity.certificate, at) !== null) throw new Held("certificate-unusable");
    const addresses = certificateEmails(identity.certificate).map((address) => address.toLowerCase());
    if (!addresses.includes(draft.from.toLowerCase())) throw new Held("other-address");
    return identity;
  }
  throw new Held("no-certificate");
}

const NOTHING: DraftSource = { files: [], inReplyTo: null, references: null };

/** The files as the server keeps them: as many, and of the same names, as the person was shown. */
async function draftSource(view: View, { attachments }: ShownDraft, context: MailContext): Promise<DraftSource> {
  const source = await sourceOf(await context.askPage(view, { name: "needDraftSource", viewId: view.id }));
  if ("kind" in source) {
    if (attachments.length > 0) throw new Held("attachments");
    return NOTHING;
  }
  const read = readDraftSource(source);
  const names = (list: readonly string[]): string => JSON.stringify([...list].sort());
  const isSame = names(read.files.map(({ filename }) => filename ?? "")) === names(attachments.map(({ name }) => name));
  if (!isSame) throw new Held("attachments");
  return read;
}

export interface Order {
  /** As the frame showed it when Send was pressed. */
  readonly draft: ShownDraft;
  /** Fingerprint of the one to sign with. */
  readonly certificate: string;
}

/** What was handed over last for each view: its signature is compared with the copy that the server keeps. */
const signatures = new Map<string, Uint8Array>();

/**
 * Signs what the person saw and hands it to the webmail. Each outcome has its words: sent, not sent (held, with the
 * reason), unknown. Nothing is repeated by itself.
 */
export async function* signAndSend(view: View, order: Order, context: MailContext): AsyncGenerator<SendState> {
  const { draft } = order;
  if (draft.to.length + draft.cc.length + draft.bcc.length === 0) {
    yield held("no-recipient");
    return;
  }
  const identities = await context.keys.unlocked();
  if (identities === null) {
    yield { status: "needs-unlock" };
    return;
  }
  yield { status: "working", step: "signing" };
  try {
    const at = context.now();
    const identity = await chosenIdentity(order, identities, at);
    const { clearSign } = await context.settings();
    const written = writeMessage(draft, await draftSource(view, draft, context), at);
    const form = clearSign ? "clear" : "opaque";
    const message = await signMessage(written.bytes, { identity, form, signingTime: at });
    signatures.set(view.id, signatureOf(message));
    yield { status: "working", step: "sending" };
    const { from, to, cc, bcc } = draft;
    const request = { name: "transmit", viewId: view.id, messageId: written.messageId, from, to, cc, bcc } as const;
    const reply = await context.askPage(view, { ...request, message: new Blob([message.slice()]) });
    yield* outcome(view, parseTransmitReply(reply), context);
  } catch (error) {
    yield heldBy(error);
  }
}

/** Finds out what became of a message whose outcome is unknown. */
export async function* settle(view: View, context: MailContext): AsyncGenerator<SendState> {
  yield { status: "working", step: "checking" };
  const reply = await context.askPage(view, { name: "settle", viewId: view.id });
  yield* outcome(view, parseTransmitReply(reply), context);
}

function heldBy(error: unknown): SendState {
  if (error instanceof Held) return error.state;
  if (!(error instanceof SmimeError)) throw error;
  if (error.code === "malformed.address") return held("not-an-address");
  if (error.code === "write.self-check-failed") return held("self-check", error.code);
  if (error.code.startsWith("sign.")) return held("certificate-unusable", error.code);
  return held("failed", error.code);
}

async function* outcome(view: View, reply: TransmitReply | null, context: MailContext): AsyncGenerator<SendState> {
  // A page that says nothing, or nonsense, may have sent it all the same.
  if (reply === null || reply.outcome === "unknown") {
    yield { status: "unknown" };
    return;
  }
  if (reply.outcome === "not-sent") {
    yield held(reply.reason ?? "failed", reply.text);
    return;
  }
  yield { status: "working", step: "checking" };
  yield { status: "sent", copy: await compareCopy(view, context) };
}

async function compareCopy(view: View, context: MailContext): Promise<"same" | "different" | "not-found"> {
  const expected = signatures.get(view.id);
  signatures.delete(view.id);
  const source = await sourceOf(await context.askPage(view, { name: "needSentCopy", viewId: view.id }));
  if ("kind" in source || expected === undefined) return "not-found";
  try {
    return equalBytes(signatureOf(source), expected) ? "same" : "different";
  } catch (error) {
    if (error instanceof SmimeError) return "different";
    throw error;
  }
}
