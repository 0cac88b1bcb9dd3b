import type { HandedDraft, SourceReply, TakenReply } from "../../messages/content-requests.ts";
import { coverForm } from "../dom/covered-form.ts";
import { ownPictures } from "../dom/own-pictures.ts";
import {
  attachmentIdsOf,
  draftIdField,
  draftIdOf,
  readForm,
  setDraftId,
  whenReadable,
  type ComposeForm,
} from "./compose-form.ts";
import { isEncrypted, isOnServer, isPgp, saveWithoutText } from "./draft-copy.ts";
import { removeMessage } from "./folders.ts";
import { emptyForm, fillForm } from "./form-fields.ts";
import { holdSaving, removeLocalCopies } from "./held-saving.ts";
import type { FetchSource } from "./message-source.ts";
import type { PageSettings } from "./page-settings.ts";
import { COMPOSE_AREA } from "./selectors.ts";
import type { Service } from "./service.ts";

type ServerCopy = Extract<TakenReply, { ok: true }>["serverCopy"];

/** The page's form while Encrypt is on. */
export interface TakenForm {
  /** @param isOurs whether an element is a host of our frames */
  takeOver(isOurs: (element: Element) => boolean): Promise<TakenReply>;
  handOver(draft: HandedDraft): void;
  isTaken(): boolean;
}

export interface TakenParts {
  readonly form: ComposeForm;
  readonly settings: PageSettings;
  readonly service: Service;
  readonly fetchSource: FetchSource;
  readonly fetch: typeof globalThis.fetch;
  readonly end: AbortSignal;
}

/**
 * Moves a draft out of the page: keeps the page from saving, has the server write what it holds itself (files, and what
 * is answered) without a word of the form, reads that and removes it, empties the form and keeps it covered. A draft that
 * the page stores afterwards, from a save that was on its way, is removed too.
 */
export function takenForm({ form, settings, service, fetchSource, fetch, end }: TakenParts): TakenForm {
  const { drafts, composeId } = settings;
  let taken: AbortController | null = null;

  async function removeDraft(uid: string): Promise<boolean> {
    setDraftId(form, "");
    return drafts !== null && (await removeMessage(service, drafts, uid));
  }

  async function removeFiles(ids: readonly string[]): Promise<boolean> {
    const results = await Promise.all(
      ids.map((id) => service({ action: "remove-attachment", form: { _id: composeId, _file: id } })),
    );
    return results.every(({ ok }) => ok);
  }

  function follow(signal: AbortSignal): void {
    const field = draftIdField(form);
    if (field === null) return;
    const observer = new MutationObserver(() => {
      const uid = draftIdOf(form);
      if (uid !== null) void removeDraft(uid);
    });
    observer.observe(field, { attributeFilter: ["value"] });
    signal.addEventListener("abort", () => {
      observer.disconnect();
    });
  }

  function cover(isOurs: (element: Element) => boolean, signal: AbortSignal): void {
    const areas = [...form.form.ownerDocument.querySelectorAll(COMPOSE_AREA)];
    for (const area of areas.length > 0 ? areas : [form.form]) coverForm(area, isOurs, signal);
  }

  /** An encrypted draft that the page has opened stays as it is: its one part is no file of a new message. */
  async function isEncryptedDraft(): Promise<boolean> {
    const uid = draftIdOf(form);
    if (settings.mode !== "draft" || uid === null || drafts === null) return false;
    const draft = await fetchSource({ folder: drafts, uid });
    return draft.ok && draft.source instanceof Blob && (await isEncrypted(draft.source));
  }

  /** What only the server has. */
  async function fetchServerPart(): Promise<SourceReply | null> {
    if (!isOnServer(form, settings) || (await isEncryptedDraft())) return null;
    // Files that cannot be had would be lost: then nothing is taken.
    if (drafts === null)
      return attachmentIdsOf(form).length === 0 ? null : { ok: false, reason: "page-unknown", text: "" };
    const uid = await saveWithoutText(form, service);
    if (typeof uid !== "string") return { ok: false, reason: uid.reason, text: uid.text };
    setDraftId(form, uid);
    const part = await fetchSource({ folder: drafts, uid });
    const isClosed = part.ok && part.source instanceof Blob && (await isPgp(part.source));
    return isClosed ? { ok: false, reason: "page-encrypts", text: "" } : part;
  }

  return {
    async takeOver(isOurs) {
      await whenReadable(form, end);
      const read = readForm(form, settings);
      if (!read.ok) return read;
      if (taken !== null) return { ok: true, draft: read.draft, source: null, serverCopy: "none" };
      const begun = new AbortController();
      const signal = AbortSignal.any([begun.signal, end]);
      holdSaving(form, signal);
      const withPictures = await ownPictures(read.draft.html, form.form.ownerDocument, fetch);
      const part = await fetchServerPart();
      // What was typed while the server answered comes along.
      const now = readForm(form, settings);
      if (!now.ok || part?.ok === false) begun.abort();
      if (!now.ok) return now;
      if (part?.ok === false) return part;
      taken = begun;
      const files = part === null ? [] : attachmentIdsOf(form);
      const uid = part === null ? null : draftIdOf(form);
      cover(isOurs, signal);
      emptyForm(form);
      removeLocalCopies(form, composeId);
      follow(signal);
      const draft = { ...now.draft, html: withPictures(now.draft.html) };
      if (part === null) return { ok: true, draft: { ...draft, attachments: [] }, source: null, serverCopy: "none" };
      const isGone = (await removeFiles(files)) && (uid === null || (await removeDraft(uid)));
      const serverCopy: ServerCopy = isGone ? "removed" : "remains";
      return { ok: true, draft, source: part.source, serverCopy };
    },
    handOver(draft) {
      taken?.abort();
      taken = null;
      fillForm(form, draft);
    },
    isTaken: () => taken !== null,
  };
}
