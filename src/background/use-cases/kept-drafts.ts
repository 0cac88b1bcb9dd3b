import { utf8Bytes, utf8Text } from "../../engine/bytes/text.ts";
import { SmimeError } from "../../engine/errors.ts";
import type { Identity } from "../../engine/smime/identity.ts";
import { parseFoundReply } from "../../messages/content-requests.ts";
import type { FrameEvent } from "../../messages/frame-requests.ts";
import { parseFormContent, type FormContent, type FormFile } from "../../messages/form-content.ts";
import type { KeptDraft, WasSent } from "../../messages/secure-form.ts";
import type { DraftRow } from "../../storage/drafts.ts";
import { StorageError } from "../../storage/storage-error.ts";
import { failureOf } from "../failure.ts";
import type { MailContext } from "../mail-context.ts";
import { fileEvents } from "./file-events.ts";
import type { FormFiles } from "./form-files.ts";
import { ownReader } from "./own-reader.ts";
import { seal, unseal } from "./sealed-octets.ts";
import type { View } from "./views.ts";

/**
 * Keeps a draft on this computer: the form without its files, which are kept as they come. Nobody needs a key for it, so
 * that it works while locked; only the person's own key opens it.
 */
export async function keepDraft(
  view: View,
  draft: string,
  content: FormContent,
  context: MailContext,
): Promise<FrameEvent> {
  try {
    const reader = await ownReader(content.from, context);
    if (reader === null) return { kind: "notKept", draft, reason: "no-certificate" };
    const sealed = await seal(utf8Bytes(JSON.stringify(content)), reader);
    const savedAt = context.now();
    await context.views.change(view.id, { draft });
    await context.drafts.change(draft, (row) => {
      return { draft, savedAt, origin: view.origin, sealed, messageId: row?.messageId ?? null };
    });
    return { kind: "kept", draft, at: savedAt };
  } catch (error) {
    return { kind: "notKept", draft, reason: failureOf(error).code };
  }
}

/** Whether the file lies with the draft now; without it the draft still has its text. */
export async function keepFile(
  draft: string,
  { id }: FormFile,
  content: Uint8Array,
  context: MailContext,
): Promise<boolean> {
  const reader = await ownReader("", context);
  if (reader === null) return false;
  try {
    await context.draftFiles.put({ file: id, draft, sealed: await seal(content, reader) });
    return true;
  } catch (error) {
    if (error instanceof StorageError) return false;
    throw error;
  }
}

/** Drafts of this webmail that are in no form now, the newest first. */
export async function keptDrafts(view: View, context: MailContext): Promise<readonly KeptDraft[]> {
  const open = await context.views.openDrafts();
  return (await context.drafts.list())
    .filter(({ draft, origin }) => origin === view.origin && !open.has(draft))
    .sort((a, b) => b.savedAt.getTime() - a.savedAt.getTime())
    .map(({ draft, savedAt, origin, messageId }) => {
      return { draft, savedAt, host: new URL(origin).host, maySent: messageId !== null };
    });
}

function readContent(octets: Uint8Array): FormContent {
  const text = utf8Text(octets);
  let value: unknown = null;
  try {
    value = JSON.parse(text ?? "");
  } catch {
    // Below.
  }
  const content = parseFormContent(value);
  if (content === null) throw new StorageError("storage.damaged");
  return content;
}

/** Whether a draft that was being handed over stands in Sent. */
async function wasSent(view: View, { messageId }: DraftRow, context: MailContext): Promise<WasSent> {
  if (messageId === null) return "no";
  const reply = parseFoundReply(await context.askPage(view, { name: "findSent", viewId: view.id, messageId }));
  return reply?.found ?? "not-known";
}

/** Opens a kept draft with its files, which are at hand for sending from then on. */
export async function* openKept(
  view: View,
  draft: string,
  files: FormFiles,
  context: MailContext,
): AsyncGenerator<FrameEvent> {
  const identities = await context.keys.unlocked();
  if (identities === null) {
    yield { kind: "draftLocked", draft };
    return;
  }
  try {
    const row = await context.drafts.get(draft);
    if (row?.origin !== view.origin) throw new StorageError("storage.damaged");
    const content = readContent(await unseal(row.sealed, identities, context.now()));
    await context.views.change(view.id, { draft });
    const kept = await keptFiles(content.files, identities, context);
    const found = content.files.filter(({ id }) => kept.has(id));
    yield {
      kind: "draftOpened",
      draft,
      content: { ...content, files: found },
      wasSent: await wasSent(view, row, context),
    };
    for (const file of found) {
      const octets = kept.get(file.id) ?? new Uint8Array(0);
      files.add(file, octets);
      yield* fileEvents(file, octets);
    }
  } catch (error) {
    if (!(error instanceof SmimeError || error instanceof StorageError)) throw error;
    yield { kind: "draftLost", draft, code: error.code };
  }
}

async function keptFiles(
  files: readonly FormFile[],
  identities: readonly Identity[],
  { draftFiles, now }: MailContext,
): Promise<ReadonlyMap<string, Uint8Array<ArrayBuffer>>> {
  const kept = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const { id } of files) {
    const row = await draftFiles.get(id);
    if (row !== null) kept.set(id, (await unseal(row.sealed, identities, now())).slice());
  }
  return kept;
}

/** From now on it may have been sent under this Message-ID; `null`: it was not, for certain. */
export async function markHandedOver(
  draft: string,
  messageId: string | null,
  { drafts }: Pick<MailContext, "drafts">,
): Promise<void> {
  await drafts.change(draft, (row) => row && { ...row, messageId });
}

/** The draft and its files are gone from this computer. */
export async function discardKept(
  draft: string,
  { drafts, draftFiles }: Pick<MailContext, "drafts" | "draftFiles">,
): Promise<void> {
  for (const row of await draftFiles.list()) if (row.draft === draft) await draftFiles.remove(row.file);
  await drafts.remove(draft);
}
