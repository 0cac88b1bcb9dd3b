import type { PageRequest } from "../messages/content-requests.ts";
import type { FrameEvent, FrameRequest } from "../messages/frame-requests.ts";
import { failureOf } from "./failure.ts";
import type { FrameActs } from "./frame-port.ts";
import type { MailContext } from "./mail-context.ts";
import { readAnswered } from "./use-cases/answered-message.ts";
import { formFiles } from "./use-cases/form-files.ts";
import { discardKept, keepDraft, keepFile, keptDrafts, openKept } from "./use-cases/kept-drafts.ts";
import { fetchMessage, folderMessages } from "./use-cases/mailbox-messages.ts";
import { protectAndSend, type FormState } from "./use-cases/protect-and-send.ts";
import { recipientStates } from "./use-cases/recipients.ts";
import { suggestions } from "./use-cases/suggestions.ts";
import { takeOver } from "./use-cases/take-over.ts";
import type { View } from "./use-cases/views.ts";
import { openSaved, saveToWebmail } from "./use-cases/webmail-drafts.ts";

type Named<Name extends FrameRequest["name"]> = Extract<FrameRequest, { name: Name }>;
type Send = (event: FrameEvent) => void;

/** What the requests of one frame's secure form work on. */
export interface FormServing {
  readonly view: View;
  readonly context: MailContext;
  readonly acts: FrameActs;
  readonly send: Send;
}

/** The secure form of one connection: what it was given to send is in its memory, and ends with it. */
export interface Form {
  /** `false` where the request is none of the secure form's. */
  answer(request: FrameRequest, serving: FormServing): Promise<boolean>;
}

async function all(events: AsyncIterable<FrameEvent>, send: Send): Promise<true> {
  for await (const event of events) send(event);
  return true;
}

export function form(): Form {
  const state: FormState = { files: formFiles(), isStopped: false };
  return {
    async answer(request, { view, context, acts, send }) {
      const ask = (message: PageRequest): Promise<unknown> => context.askPage(view, message);
      const viewId = view.id;
      switch (request.name) {
        case "takeOver":
          return all(takeOver(view, context), send);
        case "readAnswered":
          send(await readAnswered(view, context));
          return true;
        case "turnOff":
          await turnOff(request, { view, context, acts, send });
          return true;
        case "handOver": {
          const { to, cc, bcc, subject, html, text } = request;
          if (!(await context.questions.takeConfirmation(viewId))) return true;
          await ask({ name: "handOver", viewId, draft: { to, cc, bcc, subject, html, text } });
          send({ kind: "handedOver" });
          return true;
        }
        case "lookUp":
          send({ kind: "recipients", states: await recipientStates(request.addresses, context) });
          return true;
        case "suggest":
          return all(suggestions(view, request.text, context), send);
        case "importCertificate":
          send(await imported(request, context));
          return true;
        case "compare":
          await acts.compare(request.address);
          return true;
        case "putFile":
          await putFile(request, state, context, send);
          return true;
        case "dropFile":
          state.files.drop(request.file);
          await context.draftFiles.remove(request.file);
          return true;
        case "keepDraft":
          send(await keepDraft(view, request.draft, request.content, context));
          return true;
        case "listKept":
          send({ kind: "offers", drafts: await keptDrafts(view, context) });
          return true;
        case "openKept":
          return all(openKept(view, request.draft, state.files, context), send);
        case "discardKept":
          await discardKept(request.draft, context);
          return true;
        case "saveToWebmail":
          send(await saveToWebmail(view, request.content, state.files, context));
          return true;
        case "listMessages":
          send(await folderMessages(view, request.folder, context));
          return true;
        case "fetchMessage":
          return all(fetchMessage(view, request.item, context), send);
        case "openSaved":
          return all(openSaved(view, request.item, context), send);
        case "sendEncrypted":
          for await (const now of protectAndSend(view, request, state, context))
            send({ kind: "sendState", state: now });
          return true;
        case "stopSending":
          state.isStopped = true;
          await ask({ name: "stopTransmit", viewId });
          return true;
        case "discardForm":
          await discardKept(request.draft, context);
          await ask({ name: "finish", viewId });
          return true;
        default:
          return false;
      }
    },
  };
}

/** Nothing typed, nothing to ask. Otherwise the person is asked where no page can answer. */
async function turnOff({ lines, files, isAnswer }: Named<"turnOff">, serving: FormServing): Promise<void> {
  const { view, context, acts } = serving;
  await context.questions.put(view.id, { kind: "encryptOff", host: new URL(view.origin).host, lines, files, isAnswer });
  if (lines > 0 || files > 0 || isAnswer) {
    await acts.askQuestion(view.id, "encryptOff");
    return;
  }
  await context.questions.answer(view.id, true);
}

async function imported({ address, file }: Named<"importCertificate">, context: MailContext): Promise<FrameEvent> {
  try {
    const isTaken = await context.importFor(address, file);
    return { kind: "imported", address, problem: isTaken ? null : "other-address" };
  } catch (error) {
    return { kind: "imported", address, problem: failureOf(error).code };
  }
}

async function putFile(
  { draft, file, bytes, isLast }: Named<"putFile">,
  { files }: FormState,
  context: MailContext,
  send: Send,
): Promise<void> {
  const content = files.put(file, bytes, isLast);
  if (content !== null) send({ kind: "filePut", file: file.id, isKept: await keepFile(draft, file, content, context) });
}
