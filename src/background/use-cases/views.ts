import { toHex } from "../../engine/bytes/hex.ts";
import type { ViewKind } from "../../messages/content-requests.ts";
import { SessionPrefix } from "../../storage/names.ts";
import type { ContentSender, FrameSender } from "../../messages/mail-senders.ts";
import type { ShownVerdict } from "../../messages/page-answers.ts";
import { turns } from "../in-turn.ts";

/** A document that a browser names. */
interface DocumentPlace {
  readonly tabId: number;
  readonly frameId: number;
  /** Changes with every load, also of the same address. */
  readonly documentId: string | null;
}

/** A frame of ours in a page: for what, where, and who has it. */
export interface View {
  readonly id: string;
  readonly kind: ViewKind;
  /** Of the content script that asked. */
  readonly page: DocumentPlace;
  readonly origin: string;
  /** An earlier frame has taken the page's form over: it stays ours, whatever became of that frame. */
  readonly isTaken: boolean;
  readonly openedAt: number;
  /** Our frame's document; `null` until it has claimed the view. */
  readonly frame: DocumentPlace | null;
  /** What the toolbar button says of it. */
  readonly verdict: ShownVerdict | null;
  /** The kept draft that is written in it. */
  readonly draft: string | null;
  /** SHA-256 of the CMS octets that were handed over last, in hexadecimal: what the copy in Sent is compared with. */
  readonly handedOver: string | null;
}

/** What becomes of a view while it is open. */
export type ViewChange = Partial<Pick<View, "verdict" | "draft" | "handedOver">>;

/** `storage.session`, as far as it is used. */
export interface ViewMemory {
  get(key: string | null): Promise<Record<string, unknown>>;
  set(items: Record<string, unknown>): Promise<void>;
  remove(keys: string | string[]): Promise<void>;
}

export interface Views {
  /** @param isTaken of a form */
  open(kind: ViewKind, sender: ContentSender, isTaken?: boolean): Promise<View>;
  /** The view, bound to the frame from now on; `null` where it is not this frame's to have. */
  claim(id: string, frame: FrameSender): Promise<View | null>;
  close(id: string, sender: ContentSender): Promise<void>;
  closeTab(tabId: number): Promise<void>;
  /** The view as it is now; `null` once it is over. */
  current(id: string): Promise<View | null>;
  change(id: string, change: ViewChange): Promise<void>;
  /** The drafts that are written in any view now. */
  openDrafts(): Promise<ReadonlySet<string>>;
  inTab(tabId: number): Promise<readonly View[]>;
}

/** A frame loads within this time or not at all; later an address that leaked is worth nothing. Milliseconds. */
export const CLAIM_WITHIN_MS = 30_000;

/** More than any conversation shows at once: a content script that opens more is not the one we wrote. */
export const MAX_VIEWS_PER_TAB = 200;

/** Of every key under which a view is remembered. */
export const VIEW_KEY = SessionPrefix.view;
const keyOf = (id: string): string => VIEW_KEY + id;

const newId = (): string => toHex(crypto.getRandomValues(new Uint8Array(16)));

const isSamePlace = (place: DocumentPlace, other: DocumentPlace): boolean =>
  place.tabId === other.tabId && place.frameId === other.frameId && place.documentId === other.documentId;

const placeOf = ({ tabId, frameId, documentId }: DocumentPlace): DocumentPlace => ({ tabId, frameId, documentId });

/**
 * The views of all tabs. They are kept in the session's memory, since the worker may die between any two messages; no
 * content and no key is in them. One act at a time: a view that two frames claim at once is one frame's.
 *
 * @param now ms since 1970
 */
export function viewsIn(memory: ViewMemory, now: () => number): Views {
  const inTurn = turns();
  const read = async (id: string): Promise<View | null> => {
    const key = keyOf(id);
    return ((await memory.get(key))[key] as View | undefined) ?? null;
  };
  const write = (view: View): Promise<void> => memory.set({ [keyOf(view.id)]: view });
  const all = async (): Promise<View[]> =>
    Object.entries(await memory.get(null))
      .filter(([key]) => key.startsWith(VIEW_KEY))
      .map(([, view]) => view as View);
  const remove = async (views: readonly View[]): Promise<void> => {
    if (views.length > 0) await memory.remove(views.map(({ id }) => keyOf(id)));
  };

  return {
    open: (kind, sender, isTaken = false) =>
      inTurn(async () => {
        const inTab = (await all()).filter(({ page }) => page.tabId === sender.tabId);
        // A page that was left for another has no views any more, and those of a tab do not pile up.
        const isOver = (view: View): boolean =>
          view.page.frameId === sender.frameId && view.page.documentId !== sender.documentId;
        const kept = inTab.filter((view) => !isOver(view)).sort((a, b) => b.openedAt - a.openedAt);
        await remove([...inTab.filter(isOver), ...kept.slice(MAX_VIEWS_PER_TAB - 1)]);
        const page = placeOf(sender);
        const view: View = {
          id: newId(),
          kind,
          page,
          origin: sender.origin,
          isTaken,
          openedAt: now(),
          frame: null,
          verdict: null,
          draft: null,
          handedOver: null,
        };
        await write(view);
        return view;
      }),

    claim: (id, sender) =>
      inTurn(async () => {
        const view = await read(id);
        if (view === null) return null;
        const { page, kind, origin, frame, openedAt } = view;
        const isInPage = sender.tabId === page.tabId && sender.kind === kind;
        const isParent = sender.parentOrigin === null || sender.parentOrigin === origin;
        if (!isInPage || !isParent) return null;
        // After the worker's death the same document comes back; anybody else comes too late.
        if (frame !== null) return isSamePlace(frame, sender) ? view : null;
        if (now() - openedAt > CLAIM_WITHIN_MS) return null;
        const claimed: View = { ...view, frame: placeOf(sender) };
        await write(claimed);
        return claimed;
      }),

    close: (id, sender) =>
      inTurn(async () => {
        const view = await read(id);
        if (view && isSamePlace(view.page, sender)) await remove([view]);
      }),

    closeTab: (tabId) => inTurn(async () => remove((await all()).filter(({ page }) => page.tabId === tabId))),

    current: (id) => read(id),

    change: (id, change) =>
      inTurn(async () => {
        const view = await read(id);
        if (view) await write({ ...view, ...change });
      }),

    openDrafts: async () => new Set((await all()).flatMap(({ draft }) => draft ?? [])),

    inTab: async (tabId) =>
      (await all()).filter(({ page }) => page.tabId === tabId).sort((a, b) => a.openedAt - b.openedAt),
  };
}
