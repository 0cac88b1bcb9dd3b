import type { Identity } from "../../engine/smime/identity.ts";
import { signMessage } from "../../engine/smime/protect.ts";
import { certificateEmails } from "../../engine/x509/email-addresses.ts";
import type { SendState, ShownDraft } from "../../messages/frame-requests.ts";
import type { MailContext } from "../mail-context.ts";
import { Held, held, heldBy, outcome, transmit } from "./hand-over.ts";
import { sourceOf } from "./read-in-page.ts";
import { signingProblem } from "./signing-choices.ts";
import { signingOptions } from "./signing-form.ts";
import { fingerprint } from "./summary.ts";
import type { View } from "./views.ts";
import { readDraftSource, writeMessage, type DraftSource } from "./written-message.ts";

/** The identity that a person chose to sign with, where it can sign for the address in From. */
export async function chosenIdentity(
  certificate: string,
  from: string,
  identities: readonly Identity[],
  at: Date,
): Promise<Identity> {
  for (const identity of identities) {
    if ((await fingerprint(identity.certificate)) !== certificate) continue;
    if (signingProblem(identity.certificate, at) !== null) throw new Held("certificate-unusable");
    const addresses = certificateEmails(identity.certificate).map((address) => address.toLowerCase());
    if (!addresses.includes(from.toLowerCase())) throw new Held("other-address");
    return identity;
  }
  throw new Held("no-certificate");
}

const NOTHING: DraftSource = { files: [], inReplyTo: null, references: null };

/** The files as the server keeps them: as many, and of the same names, as the person was shown. */
async function draftSource(view: View, { attachments }: ShownDraft, context: MailContext): Promise<DraftSource> {
  const source = await sourceOf(await context.askPage(view, { name: "needDraftSource", viewId: view.id }));
  if ("kind" in source) {
    if (source.kind === "sourceFailed" && source.reason === "page-encrypts") throw new Held(source.reason);
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
    const identity = await chosenIdentity(order.certificate, draft.from, identities, at);
    const { signing } = await context.settings();
    const written = writeMessage(draft, await draftSource(view, draft, context), at);
    const message = await signMessage(written.bytes, signingOptions(signing, identity, at));
    yield { status: "working", step: "sending", size: message.length };
    const { from, to, cc, bcc } = draft;
    const outgoing = { message, messageId: written.messageId, from, to, cc, bcc };
    yield* outcome(view, await transmit(view, outgoing, context), context, message.length);
  } catch (error) {
    yield heldBy(error);
  }
}
