import type { HandedDraft, TakenReply } from "../../messages/content-requests.ts";
import { coverForm } from "../dom/covered-form.ts";
import { ownPictures } from "../dom/own-pictures.ts";
import { draftId, readForm, type ComposeForm } from "./compose-form.ts";
import { deleteItem } from "./envelope.ts";
import { emptyForm, fillForm } from "./form-fields.ts";
import { fetchItemSource } from "./item-source.ts";
import { WATCHED_ATTRIBUTES } from "./selectors.ts";
import type { Service } from "./service.ts";

type ServerCopy = Extract<TakenReply, { ok: true }>["serverCopy"];

/** The page's form while Encrypt is on. */
export interface TakenForm {
  /** @param isOurs whether an element is a host of our frames */
  takeOver(isOurs: (element: Element) => boolean): Promise<TakenReply>;
  handOver(draft: HandedDraft): void;
}

/**
 * Moves a draft out of the page: reads the form and the server's copy, empties the form, removes the copy, and keeps the
 * form covered. A draft that the page stores afterwards, from a save that was on its way, is removed too.
 */
export function takenForm(
  form: ComposeForm,
  {
    service,
    fetch,
    end,
  }: { readonly service: Service; readonly fetch: typeof globalThis.fetch; readonly end: AbortSignal },
): TakenForm {
  let cover: AbortController | null = null;
  let removed: string | null = null;

  /** For good: in Deleted Items it would lie in clear as well. */
  async function remove(): Promise<ServerCopy> {
    const id = draftId(form);
    if (id === null || id === removed) return "none";
    const result = await service("DeleteItem", deleteItem(id));
    if (result.ok) {
      removed = id;
      return "removed";
    }
    // Before its first save a form has a name that no item has.
    return result.reason === "not-found" || (result.reason === "refused" && result.isSure) ? "none" : "remains";
  }

  function follow(signal: AbortSignal): void {
    const observer = new MutationObserver(() => void remove());
    observer.observe(form.root, { subtree: true, attributeFilter: [...WATCHED_ATTRIBUTES] });
    signal.addEventListener("abort", () => {
      observer.disconnect();
    });
  }

  return {
    async takeOver(isOurs) {
      const read = readForm(form);
      if (!read.ok) return read;
      const id = cover === null ? draftId(form) : null;
      const source = id === null ? null : await fetchItemSource(service, id);
      // Files that cannot be had would be lost: then nothing is taken.
      if (source?.ok !== true && read.draft.attachments.length > 0) {
        return source ?? { ok: false, reason: "not-found", text: "" };
      }
      const withPictures = await ownPictures(read.draft.html, form.root.ownerDocument, fetch);
      // What was typed while the server answered comes along.
      const now = readForm(form);
      if (!now.ok) return now;
      if (cover === null) {
        cover = new AbortController();
        const covered = AbortSignal.any([cover.signal, end]);
        coverForm(form.root, isOurs, covered);
        emptyForm(form);
        follow(covered);
      }
      const serverCopy = id === null ? "none" : await remove();
      const draft = { ...now.draft, html: withPictures(now.draft.html) };
      return { ok: true, draft, source: source?.ok === true ? source.source : null, serverCopy };
    },
    handOver(draft) {
      cover?.abort();
      cover = null;
      fillForm(form, draft);
    },
  };
}
