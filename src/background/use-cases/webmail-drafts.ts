import { concatBytes } from "../../engine/bytes/concat.ts";
import { latin1Bytes, utf8Bytes, utf8Text } from "../../engine/bytes/text.ts";
import { SmimeError } from "../../engine/errors.ts";
import { writeAddresses, writeUnstructured } from "../../engine/mime/header-writer.ts";
import { decodeTransfer } from "../../engine/mime/transfer-encoding.ts";
import { writeEntity } from "../../engine/mime/writer.ts";
import { HEADER_POLICIES } from "../../engine/smime/header-policy.ts";
import { openMessage, type OpenedMessage } from "../../engine/smime/open.ts";
import { encryptMessage } from "../../engine/smime/protect.ts";
import { parseKeptReply } from "../../messages/content-requests.ts";
import type { FrameEvent } from "../../messages/frame-requests.ts";
import { parseFormContent, type FormContent } from "../../messages/form-content.ts";
import { failureOf } from "../failure.ts";
import type { MailContext } from "../mail-context.ts";
import { fileEvents } from "./file-events.ts";
import { formFileOf, newName } from "./form-file-of.ts";
import { fileParts, type FormFiles } from "./form-files.ts";
import { ownReader } from "./own-reader.ts";
import { sourceOf } from "./read-in-page.ts";
import type { View } from "./views.ts";
import { messageIdOf, textPart } from "./written-message.ts";

/** What the form holds beside text and files. Other programs show it as a small file behind them. */
const FORM_TYPE = "application/vnd.signet.draft+json";

/** What servers are shown of a draft whose subject is hidden (RFC 9788 section 3.2.1). */
const OBSCURED = "[...]";

const ENCRYPTION = {
  cipher: "aes-256-cbc",
  keyTransport: { kind: "rsa-pkcs1" },
  headerPolicy: HEADER_POLICIES.none,
} as const;

/**
 * An encrypted message to oneself: the text and the files as any S/MIME program shows them, and the form beside them. It
 * is never signed: nobody has pressed Send for it (attack 36). Recipients stand inside only.
 */
async function draftMessage(content: FormContent, files: FormFiles, context: MailContext): Promise<Uint8Array | null> {
  const reader = await ownReader(content.from, context);
  if (reader === null) return null;
  const form = utf8Bytes(JSON.stringify(content));
  const inside = writeEntity({
    kind: "multipart",
    subtype: "mixed",
    parts: [
      textPart(content),
      ...fileParts(content.files, files),
      { kind: "file", type: FORM_TYPE, content: form, disposition: "attachment", filename: "draft.json" },
    ],
  });
  const entity = await encryptMessage(inside, { ...ENCRYPTION, recipients: [reader] });
  const fields = [
    writeAddresses("From", [{ name: "", address: content.from }]),
    writeUnstructured("Subject", content.hidesSubject ? OBSCURED : content.subject),
    writeUnstructured("Date", context.now().toUTCString().replace("GMT", "+0000")),
    writeUnstructured("Message-ID", messageIdOf(content.from)),
  ];
  return concatBytes(latin1Bytes(fields.join("")), entity);
}

/** Saves the draft to the webmail's Drafts, in place of what this form has saved before. */
export async function saveToWebmail(
  view: View,
  content: FormContent,
  files: FormFiles,
  context: MailContext,
): Promise<FrameEvent> {
  try {
    const message = await draftMessage(content, files, context);
    if (message === null) return { kind: "notSaved", reason: "no-certificate", text: "" };
    const request = { name: "saveDraft", viewId: view.id, message: new Blob([message.slice()]) } as const;
    const reply = parseKeptReply(await context.askPage(view, request));
    if (reply?.ok) return { kind: "saved", at: context.now() };
    return { kind: "notSaved", reason: reply?.reason ?? "page-unknown", text: reply?.text ?? "" };
  } catch (error) {
    return { kind: "notSaved", reason: failureOf(error).code, text: "" };
  }
}

function formOf({ parts }: OpenedMessage): FormContent | null {
  const form = parts.find(({ entity }) => entity.contentType.type === FORM_TYPE);
  if (form === undefined) return null;
  try {
    return parseFormContent(JSON.parse(utf8Text(decodeTransfer(form.entity)) ?? ""));
  } catch {
    return null;
  }
}

/** Opens a draft that was saved to the webmail, here or on another computer. */
export async function* openSaved(view: View, item: string, context: MailContext): AsyncGenerator<FrameEvent> {
  const source = await sourceOf(await context.askPage(view, { name: "needMessage", viewId: view.id, item }));
  if ("kind" in source) {
    yield source;
    return;
  }
  const identities = await context.keys.unlocked();
  if (identities === null) {
    yield { kind: "draftLocked", draft: null };
    return;
  }
  try {
    const options = { identities, anchors: [], intermediates: [], at: context.now() };
    const opened = await openMessage(source, options);
    const content = opened.verdict.encryption === "none" ? null : formOf(opened);
    if (content === null) throw new SmimeError("decrypt.failed");
    // Behind the text stand the files, in the form's order, and the form itself.
    const attached = opened.parts.filter(({ entity }) => entity.disposition.type === "attachment");
    const files = attached
      .filter(({ entity }) => entity.contentType.type !== FORM_TYPE)
      .map(({ entity }) => {
        const octets = decodeTransfer(entity);
        return { octets, file: formFileOf(entity.disposition.filename ?? "", entity.contentType.type, octets) };
      });
    await context.askPage(view, { name: "adoptDraft", viewId: view.id, item });
    const draft = newName();
    yield {
      kind: "draftOpened",
      draft,
      content: { ...content, files: files.map(({ file }) => file) },
      wasSent: "no",
    };
    for (const { file, octets } of files) yield* fileEvents(file, octets);
  } catch (error) {
    if (!(error instanceof SmimeError)) throw error;
    yield { kind: "draftLost", draft: null, code: error.code };
  }
}
