import { toHex } from "../engine/bytes/hex.ts";
import { certificateEmails } from "../engine/x509/email-addresses.ts";
import { parseDraftReply, type PageRequest } from "../messages/content-requests.ts";
import {
  parseClaim,
  parseFrameRequest,
  type ComposeSettings,
  type FrameEvent,
  type FrameRequest,
} from "../messages/frame-requests.ts";
import type { AskedQuestion } from "../messages/page-answers.ts";
import { frameSender, type TabSender } from "../messages/mail-senders.ts";
import { failureOf } from "./failure.ts";
import { form, type Form } from "./form-port.ts";
import { turns } from "./in-turn.ts";
import type { MailContext } from "./mail-context.ts";
import { readAttached, readInPage, readWithPassword } from "./use-cases/read-in-page.ts";
import { answersEncrypted } from "./use-cases/answered-message.ts";
import { settle } from "./use-cases/hand-over.ts";
import { signAndSend } from "./use-cases/sign-and-send.ts";
import { signingChoices } from "./use-cases/signing-choices.ts";
import type { View } from "./use-cases/views.ts";

/** A port of the browser, as far as it is used. */
export interface FramePort {
  readonly sender?: TabSender | undefined;
  postMessage(event: FrameEvent): void;
  disconnect(): void;
  readonly onMessage: { addListener(listener: (message: unknown) => void): void };
  readonly onDisconnect: { addListener(listener: () => void): void };
}

export interface FrameActs {
  /** Opens the window that asks for the passphrase. */
  readonly askUnlock: () => Promise<void>;
  /** Opens the window with the question of a view. */
  readonly askQuestion: (viewId: string, kind: AskedQuestion["kind"]) => Promise<void>;
  /** Opens the window in which the new certificate of an address is compared. */
  readonly compare: (address: string) => Promise<void>;
  /** @param place of the options page */
  readonly showPage: (place: string) => Promise<void>;
  readonly showVerdicts: (tabId: number) => Promise<void>;
}

/** What a frame hears of the world while it is connected. */
export interface FrameConnection {
  readonly unlocked: () => void;
  /** The window for the passphrase was closed, and the keys are locked as before. */
  readonly unlockDeclined: () => void;
  /** A person has answered the question of a view. */
  readonly answered: (viewId: string, isConfirmed: boolean) => void;
  /**
   * Opens the message of the view with a password; `false` where it is not the view of this frame.
   *
   * @throws {Refusal} as `readWithPassword`
   */
  readonly openWithPassword: (viewId: string, password: string) => Promise<boolean>;
}

interface Serving {
  readonly port: FramePort;
  readonly extension: { readonly id: string; readonly baseUrl: string };
  readonly context: MailContext;
  readonly acts: FrameActs;
}

/**
 * Serves one frame of ours. Its first message claims a view, by what the browser says of the frame; everything else is
 * answered for that view only, and for as long as it stands in the page. What is not declared ends the port.
 */
export function serveFrame(serving: Serving): FrameConnection {
  const { port } = serving;
  const secureForm = form();
  const inTurn = turns();
  let view: Promise<View | null> | null = null;
  let isOver = false;
  const send = (event: FrameEvent): void => {
    if (!isOver) port.postMessage(event);
  };
  const end = (): void => {
    isOver = true;
    port.disconnect();
  };
  port.onDisconnect.addListener(() => {
    isOver = true;
  });
  port.onMessage.addListener((message) => {
    const isClaim = view === null;
    view ??= claim(message, serving);
    const act = async (): Promise<void> => {
      const claimed = await view;
      if (claimed === null || isOver) {
        end();
        return;
      }
      if (isClaim) {
        await greet(claimed, serving.context, send);
        return;
      }
      const request = parseFrameRequest(message);
      const current = await serving.context.views.current(claimed.id);
      if (request === null || current === null) end();
      else await answer(request, current, serving, { send, secureForm, inTurn });
    };
    act().catch((error: unknown) => {
      send({ kind: "refused", error: failureOf(error) });
    });
  });
  return {
    unlocked: () => {
      send({ kind: "unlocked" });
    },
    unlockDeclined: () => {
      send({ kind: "unlockDeclined" });
    },
    answered: (viewId, isConfirmed) => {
      void view?.then((claimed) => {
        if (claimed?.id !== viewId) return;
        if (claimed.kind === "compose") send({ kind: "encryptOff", isConfirmed });
        else if (isConfirmed) send({ kind: "decided" });
      });
    },
    async openWithPassword(viewId, password) {
      const { context } = serving;
      const claimed = await view;
      if (isOver || claimed?.id !== viewId) return false;
      const current = await context.views.current(viewId);
      if (current === null) return false;
      for await (const event of readWithPassword(current, password, context)) send(event);
      return true;
    },
  };
}

async function claim(message: unknown, { port, extension, context }: Serving): Promise<View | null> {
  const request = parseClaim(message);
  const sender = request && frameSender(port.sender ?? {}, extension, request.parentOrigin);
  return request && sender && (await context.views.claim(request.viewId, sender));
}

async function greet(view: View, context: MailContext, send: (event: FrameEvent) => void): Promise<void> {
  // A mark that cannot be read must not keep anybody from reading mail.
  const mark = await context.mark().catch(() => null);
  send({ kind: "claimed", view: view.kind, host: new URL(view.origin).host, mark });
  const certificates = await context.keys.certificates();
  if (view.kind === "message") {
    const { isTextOnly } = await context.settings();
    send({ kind: "readers", addresses: certificates.flatMap(certificateEmails), isTextOnly });
    return;
  }
  const { alwaysSign, isSignFixed, signing, choosesCertificate, hidesSubject, wrapsTwice } = await context.settings();
  const encrypt = await encryptReason(view, context);
  const choices = await signingChoices(certificates, context.now(), choosesCertificate);
  const { form } = signing;
  const shown = { form, choices, encrypt, hidesSubject, wrapsTwice };
  send({ kind: "compose", settings: { alwaysSign, isFixed: isSignFixed, ...shown } });
}

/** Why Encrypt is on from the beginning. Where it is not, the page's form takes typing again. */
async function encryptReason(view: View, context: MailContext): Promise<ComposeSettings["encrypt"]> {
  const { alwaysEncrypt, isEncryptFixed } = await context.settings();
  if (alwaysEncrypt) return isEncryptFixed ? "policy" : "setting";
  if (view.isTaken) return "taken";
  if (await answersEncrypted(view, context)) return "answer";
  await context.askPage(view, { name: "guard", viewId: view.id, isOn: false });
  return null;
}

interface Answering {
  readonly send: (event: FrameEvent) => void;
  readonly secureForm: Form;
  readonly inTurn: ReturnType<typeof turns>;
}

async function answer(
  request: FrameRequest,
  view: View,
  { context, acts }: Serving,
  { send, secureForm, inTurn }: Answering,
): Promise<void> {
  const ask = (message: PageRequest): Promise<unknown> => context.askPage(view, message);
  // Reading and writing are for frames of their own kind only.
  if (WRITING.has(request.name) && view.kind !== "compose") return;
  if (READING.has(request.name) && view.kind !== "message") return;
  switch (request.name) {
    case "resize":
      await ask({ name: "resize", viewId: view.id, height: request.height });
      return;
    case "openMessage":
      for await (const event of readInPage(view, request.isPressed, context)) send(event);
      return;
    case "openAttached":
      for await (const event of readAttached(request.path, request.source, context)) send(event);
      return;
    case "showVerdict":
      await context.views.change(view.id, { verdict: { title: request.title, tone: request.tone } });
      await acts.showVerdicts(view.page.tabId);
      return;
    case "unlock":
      await acts.askUnlock();
      return;
    case "compare":
      await acts.compare(request.address);
      return;
    case "askPerson":
      await context.questions.put(view.id, {
        kind: "person",
        address: request.address,
        certificate: toHex(request.certificate),
      });
      await acts.askQuestion(view.id, "person");
      return;
    case "askPassword":
      await context.questions.put(view.id, {
        kind: "password",
        host: new URL(view.origin).host,
        from: request.from,
      });
      await acts.askQuestion(view.id, "password");
      return;
    case "awaitPassword":
      if ((await context.questions.get(view.id))?.kind !== "password") send({ kind: "passwordDeclined" });
      return;
    case "showPage":
      await acts.showPage(request.page);
      return;
    case "renew":
      await acts.showPage(`identities/${request.certificate}/renew`);
      return;
    case "readDraft": {
      const reply = parseDraftReply(await ask({ name: "needDraft", viewId: view.id }));
      if (reply?.ok) send({ kind: "draft", draft: reply.draft });
      else send({ kind: "draftFailed", reason: reply?.reason ?? "page-unknown" });
      return;
    }
    case "holdSend":
      await ask({ name: "holdSend", viewId: view.id, isHeld: request.isHeld });
      return;
    case "send":
      for await (const state of signAndSend(view, request, context)) send({ kind: "sendState", state });
      return;
    case "settle":
      for await (const state of settle(view, context)) send({ kind: "sendState", state });
      return;
    case "finish":
      await ask({ name: "finish", viewId: view.id });
      return;
    default:
      if (view.kind !== "compose") return;
      // Pieces of files, and what refers to them, one after the other; Stop and Send are not to wait for each other.
      if (ORDERED.has(request.name)) await inTurn(() => secureForm.answer(request, { view, context, acts, send }));
      else await secureForm.answer(request, { view, context, acts, send });
  }
}

const ORDERED: ReadonlySet<FrameRequest["name"]> = new Set([
  ...(["putFile", "dropFile", "keepDraft", "openKept", "discardKept"] as const),
]);
const READING: ReadonlySet<FrameRequest["name"]> = new Set([
  "openMessage",
  "openAttached",
  "showVerdict",
  "askPerson",
  "askPassword",
  "awaitPassword",
] as const);
const WRITING: ReadonlySet<FrameRequest["name"]> = new Set([
  "readDraft",
  "holdSend",
  "send",
  "settle",
  "finish",
] as const);
