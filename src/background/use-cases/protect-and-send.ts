import { type AddressedRecipient, chooseAlgorithms } from "../../engine/smime/algorithm-choice.ts";
import { ADVERTISED } from "../../engine/smime/capabilities.ts";
import { HEADER_POLICIES, type HeaderPolicy } from "../../engine/smime/header-policy.ts";
import type { Identity } from "../../engine/smime/identity.ts";
import { encryptMessage, protectMessage } from "../../engine/smime/protect.ts";
import type { Certificate } from "../../engine/x509/certificate.ts";
import type { TransmitReply } from "../../messages/content-requests.ts";
import type { FormContent } from "../../messages/form-content.ts";
import type { Letter, SendState } from "../../messages/frame-requests.ts";
import type { FrozenRecipient } from "../../messages/secure-form.ts";
import { StorageError } from "../../storage/storage-error.ts";
import type { MailContext } from "../mail-context.ts";
import { contactAddress } from "./contact-certificate.ts";
import { rememberEncryptedTo } from "./encrypted-mail.ts";
import { fileParts, type FormFiles } from "./form-files.ts";
import { compareCopy, Held, held, heldBy, outcome, transmit, type Outgoing } from "./hand-over.ts";
import { discardKept, markHandedOver } from "./kept-drafts.ts";
import { ownReader } from "./own-reader.ts";
import { judgeRecipients } from "./recipients.ts";
import { chosenIdentity } from "./sign-and-send.ts";
import { signingOptions, type SigningForm } from "./signing-form.ts";
import { fingerprint } from "./summary.ts";
import type { View } from "./views.ts";
import { writeMessage } from "./written-message.ts";

export interface EncryptOrder {
  readonly draft: string;
  readonly content: FormContent;
  readonly recipients: readonly FrozenRecipient[];
  readonly signer: string | null;
  /** Only the copies of these Bcc addresses are still to be sent. */
  readonly rest: readonly string[] | null;
}

/** What a form has beside its text: its files, and whether the person has pressed Stop. */
export interface FormState {
  readonly files: FormFiles;
  isStopped: boolean;
}

/** Those whom the main message names, and those who each get one of their own (attack 39). */
function separated({ to, cc, bcc }: FormContent): { readonly open: readonly string[]; readonly blind: string[] } {
  const open = [...to, ...cc];
  const named = new Set(open.map(contactAddress));
  return { open, blind: bcc.filter((address) => !named.has(contactAddress(address))) };
}

/**
 * The certificate of each frozen recipient. Everybody in the form is frozen, nobody else is, and each certificate is one
 * that may be encrypted to now: a recipient without one stops everything (attacks 38 and 63).
 */
async function frozenCertificates(
  { content, recipients }: EncryptOrder,
  context: MailContext,
): Promise<ReadonlyMap<string, AddressedRecipient>> {
  const { to, cc, bcc } = content;
  const shown = [...new Set([...to, ...cc, ...bcc])];
  const frozen = new Map(recipients.map(({ address, certificate }) => [address, certificate]));
  if (frozen.size !== shown.length || !shown.every((address) => frozen.has(address))) {
    throw new Held("recipients-changed");
  }
  const found = new Map<string, AddressedRecipient>();
  const problems: Awaited<ReturnType<typeof judgeRecipients>>[number]["state"][] = [];
  for (const { state, usable, capabilities } of await judgeRecipients(shown, context)) {
    const names = await Promise.all(usable.map(fingerprint));
    const certificate = usable[names.indexOf(frozen.get(state.address) ?? "")];
    if (certificate === undefined) problems.push(state);
    else found.set(state.address, { certificate, capabilities });
  }
  if (problems.length > 0) throw new Held({ status: "recipients", states: problems });
  return found;
}

interface Sealing {
  readonly identity: Identity | null;
  readonly own: Certificate;
  readonly wrapsTwice: boolean;
  readonly signing: SigningForm;
  readonly at: Date;
}

/** To and Cc stand inside only: whoever gets a blind copy sees whom it went to, and no server sends it to them again. */
const withoutReaders =
  (policy: HeaderPolicy): HeaderPolicy =>
  (name, value) =>
    /^(?:to|cc)$/i.test(name) ? null : policy(name, value);

async function sealed(
  { content }: EncryptOrder,
  kind: "main" | "blind",
  recipients: readonly AddressedRecipient[],
  files: FormFiles,
  { identity, own, wrapsTwice, signing, at }: Sealing,
): Promise<Pick<Outgoing, "message" | "messageId">> {
  const { from, to, cc, subject, html, text, inReplyTo, references, hidesSubject } = content;
  const shown = { from, to, cc, bcc: [], subject, html, text, attachments: [], inReplyTo };
  const parts = fileParts(content.files, files);
  const { bytes, messageId } = writeMessage(shown, { files: parts, inReplyTo, references }, at);
  const readers = [...recipients, { certificate: own, capabilities: ADVERTISED }];
  const { cipher, keyTransport, rsaScheme } = chooseAlgorithms(readers, identity?.certificate ?? own);
  const encryption = { cipher, keyTransport, recipients: readers.map(({ certificate }) => certificate) };
  const policy = hidesSubject ? HEADER_POLICIES.baseline : HEADER_POLICIES.none;
  const headerPolicy = kind === "blind" ? withoutReaders(policy) : policy;
  const message =
    identity === null
      ? await encryptMessage(bytes, { ...encryption, headerPolicy })
      : await protectMessage(bytes, {
          signing: { ...signingOptions(signing, identity, at), rsaScheme },
          encryption,
          headerPolicy,
          wrapsTwice,
        });
  return { message, messageId };
}

/**
 * Encrypts what was frozen to those who were frozen and to oneself, signs it where that was asked, and hands it over:
 * one message for To and Cc, one for each Bcc recipient. Nothing goes out while anything is amiss, nothing is repeated
 * by itself, and there is no way from here to mail in clear.
 */
export async function* protectAndSend(
  view: View,
  order: EncryptOrder,
  form: FormState,
  context: MailContext,
): AsyncGenerator<SendState> {
  const { content, draft } = order;
  form.isStopped = false;
  try {
    const { open, blind } = separated(content);
    if (open.length + blind.length === 0) throw new Held("no-recipient");
    const copies = blind.filter((address) => order.rest?.includes(address) ?? true);
    const missing = form.files.missing(content.files);
    if (missing.length > 0) throw new Held({ status: "needs-files", files: missing });
    const identities = content.signs ? await context.keys.unlocked() : [];
    if (identities === null) throw new Held({ status: "needs-unlock" });
    yield {
      status: "working",
      step: content.signs ? "signing" : "encrypting",
      ...letterOf(order.rest === null ? [] : copies),
    };
    const certificates = await frozenCertificates(order, context);
    const own = await ownReader(content.from, context);
    if (own === null) throw new Held("no-own-certificate");
    const at = context.now();
    const identity = content.signs ? await chosenIdentity(order.signer ?? "", content.from, identities, at) : null;
    const { wrapsTwice, signing } = await context.settings();
    const sealing: Sealing = { identity, own, wrapsTwice, signing, at };
    const of = (addresses: readonly string[]): readonly AddressedRecipient[] =>
      addresses.flatMap((address) => certificates.get(address) ?? []);

    const letters: (() => Promise<Outgoing>)[] = [];
    const { from, to, cc } = content;
    if (open.length > 0 && order.rest === null) {
      const envelope = { from, to, cc, bcc: [] };
      letters.push(async () => ({ ...(await sealed(order, "main", of(open), form.files, sealing)), ...envelope }));
    }
    for (const address of copies) {
      const envelope = { from, to: [], cc: [], bcc: [address] };
      letters.push(async () => ({
        ...(await sealed(order, "blind", of([address]), form.files, sealing)),
        ...envelope,
      }));
    }
    yield* handOverAll(view, letters, copies, { draft, form, isRest: order.rest !== null }, context);
  } catch (error) {
    const state = heldBy(error);
    const isOver = state.status === "held" || state.status === "recipients";
    // Everybody else has it: it is not said that nothing was sent.
    yield isOver && order.rest !== null ? unsent(order.rest, state) : state;
  }
}

/** The first of these copies is about to be written, and something has gone before it. */
const letterOf = ([copyFor, ...unsentBcc]: readonly string[]): { readonly letter?: Letter } =>
  copyFor === undefined ? {} : { letter: { copyFor, unsentBcc } };

/** What is only tidied: where the storage fails, the draft stays, and is offered as one that may have been sent. */
async function whereItCan(tidying: Promise<void>): Promise<void> {
  try {
    await tidying;
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
  }
}

/** Everybody else's letter has gone, and these have not. */
const unsent = (unsentBcc: readonly string[], state: SendState, copy: Copy = "not-found"): SendState => ({
  ...{ status: "sent", copy, unsentBcc },
  text: state.status === "held" ? state.text : "",
});
type Copy = Awaited<ReturnType<typeof compareCopy>>;

/** @param left those whose copies are to come, with this letter's own */
const placeOf = ({ bcc: [own] }: Outgoing, left: readonly string[], isFirst: boolean): Letter => ({
  copyFor: isFirst ? null : (own ?? null),
  unsentBcc: own === undefined ? left : left.slice(1),
});

async function* handOverAll(
  view: View,
  letters: readonly (() => Promise<Outgoing>)[],
  copies: readonly string[],
  { draft, form, isRest }: { readonly draft: string; readonly form: FormState; readonly isRest: boolean },
  context: MailContext,
): AsyncGenerator<SendState> {
  let copy: Copy = "not-found";
  for (const [index, write] of letters.entries()) {
    // Whose copies are still to come: the first letter may be the one for everybody else.
    const left = copies.slice(Math.max(0, index - (letters.length - copies.length)));
    const isFirst = index === 0 && !isRest;
    if (index > 0) yield { status: "working", step: "encrypting", ...letterOf(left) };
    if (form.isStopped) {
      if (isFirst) throw new Held("stopped");
      yield unsent(left, held("stopped"), copy);
      return;
    }
    let letter: Outgoing;
    let reply: TransmitReply;
    try {
      letter = await write();
      await markHandedOver(draft, letter.messageId, context);
      yield { status: "working", step: "sending", size: letter.message.length, letter: placeOf(letter, left, isFirst) };
      reply = await transmit(view, letter, context, () => form.isStopped);
    } catch (error) {
      // Held is "not sent": after the first letter has gone, it is only the rest that has not.
      if (isFirst) throw error;
      yield unsent(left, heldBy(error), copy);
      return;
    }
    if (reply.outcome === "sent" || reply.outcome === "unknown") {
      await rememberEncryptedTo([...letter.to, ...letter.cc, ...letter.bcc], context);
    }
    if (reply.outcome === "unknown") {
      yield { status: "unknown", ...placeOf(letter, left, isFirst) };
      return;
    }
    if (reply.outcome !== "sent") {
      await whereItCan(markHandedOver(draft, null, context));
      if (isFirst) yield* outcome(view, reply, context, letter.message.length);
      else yield unsent(left, held("refused", reply.text), copy);
      return;
    }
    yield { status: "working", step: "checking", letter: placeOf(letter, left, isFirst) };
    const compared = await compareCopy(view, context);
    if (index === 0 || compared !== "same") copy = compared;
  }
  await whereItCan(discardKept(draft, context));
  yield letters.length > 0 ? { status: "sent", copy, unsentBcc: [], text: "" } : held("no-recipient");
}
