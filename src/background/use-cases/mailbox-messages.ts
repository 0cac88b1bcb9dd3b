import { parseMessagesReply } from "../../messages/content-requests.ts";
import type { FrameEvent } from "../../messages/frame-requests.ts";
import type { MailContext } from "../mail-context.ts";
import { fileEvents } from "./file-events.ts";
import { formFileOf } from "./form-file-of.ts";
import { sourceOf } from "./read-in-page.ts";
import type { View } from "./views.ts";
import { readMessageHeader } from "../../engine/smime/message-header.ts";
import { parseMessageHead } from "../../engine/mime/parse.ts";
import { SmimeError } from "../../engine/errors.ts";

export type Folder = "inbox" | "sentitems" | "drafts";

/** What stands in a folder, as the webmail's server tells it. */
export async function folderMessages(view: View, folder: Folder, context: MailContext): Promise<FrameEvent> {
  const reply = parseMessagesReply(await context.askPage(view, { name: "listMessages", viewId: view.id, folder }));
  if (!reply?.ok) return { kind: "messages", folder, items: null };
  const items = reply.items.map(({ date, ...item }) => {
    const time = Date.parse(date ?? "");
    return { ...item, date: Number.isNaN(time) ? null : new Date(time) };
  });
  return { kind: "messages", folder, items };
}

function nameOf(source: Uint8Array): string {
  try {
    return `${readMessageHeader(parseMessageHead(source).head).subject ?? "message"}.eml`;
  } catch (error) {
    if (error instanceof SmimeError) return "message.eml";
    throw error;
  }
}

/** A message of the mailbox as a file of the form, octet for octet. */
export async function* fetchMessage(view: View, item: string, context: MailContext): AsyncGenerator<FrameEvent> {
  const source = await sourceOf(await context.askPage(view, { name: "needMessage", viewId: view.id, item }));
  if (!("kind" in source)) yield* fileEvents(formFileOf(nameOf(source), "message/rfc822", source), source);
  else if (source.kind === "sourceFailed") {
    yield { kind: "file", event: { step: "failed", reason: source.reason, text: source.text } };
  }
}
