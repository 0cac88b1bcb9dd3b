import { toBase64 } from "../../engine/bytes/base64.ts";
import { SmimeError } from "../../engine/errors.ts";
import type { FileDescription } from "../../engine/mime/writer.ts";
import { parseTakenReply, type TakenReply } from "../../messages/content-requests.ts";
import type { FrameEvent } from "../../messages/frame-requests.ts";
import type { MailContext } from "../mail-context.ts";
import { fileEvents } from "./file-events.ts";
import { formFileOf } from "./form-file-of.ts";
import type { View } from "./views.ts";
import { readDraftSource, type DraftSource } from "./written-message.ts";

const NOTHING: DraftSource = { files: [], inReplyTo: null, references: null };

async function sourceOf({ source }: Extract<TakenReply, { ok: true }>): Promise<DraftSource> {
  if (source === null) return NOTHING;
  try {
    return readDraftSource(new Uint8Array(source instanceof Blob ? await source.arrayBuffer() : source));
  } catch (error) {
    // The page's text is here all the same; files that cannot be read are missing, and that is seen.
    if (error instanceof SmimeError) return NOTHING;
    throw error;
  }
}

/** A picture of the text: webmails keep it as a file, too. */
const standsInText = (html: string, { type, content }: FileDescription): boolean =>
  type.startsWith("image/") && content.length > 0 && html.includes(`;base64,${toBase64(content)}"`);

/** Moves what stands in the page's form into ours. From then on the page's form is empty and takes nothing more. */
export async function* takeOver(view: View, context: MailContext): AsyncGenerator<FrameEvent> {
  const reply = parseTakenReply(await context.askPage(view, { name: "takeOver", viewId: view.id }));
  if (!reply?.ok) {
    yield { kind: "takeFailed", reason: reply?.reason ?? "page-unknown", text: reply?.text ?? "" };
    return;
  }
  const { from, to, cc, bcc, subject, html, text, unreadable, inReplyTo } = reply.draft;
  const source = await sourceOf(reply);
  const files = source.files.filter((part) => !standsInText(html, part));
  yield {
    kind: "taken",
    draft: {
      ...{ from, to, cc, bcc, subject, html, text, unreadable },
      inReplyTo: source.inReplyTo ?? inReplyTo,
      references: source.references,
    },
    files: files.length,
    serverCopy: reply.serverCopy,
    sizeLimit: reply.draft.sizeLimit,
  };
  for (const part of files) {
    yield* fileEvents(formFileOf(part.filename ?? "", part.type, part.content), part.content);
  }
  yield { kind: "takenAll" };
}
