import { parseContentRequest, type OpenedView, type PageRequest } from "../messages/content-requests.ts";
import { FRAME_PORT } from "../messages/frame-requests.ts";
import { contentSender, FRAME_PAGES, type ContentSender, type TabSender } from "../messages/mail-senders.ts";
import type { ShownVerdict } from "../messages/page-answers.ts";
import type { Browser } from "./browser.ts";
import { serveFrame, type FrameActs, type FrameConnection, type FramePort } from "./frame-port.ts";
import { StorageError } from "../storage/storage-error.ts";
import type { MailContext } from "./mail-context.ts";
import { Refusal } from "./refusal.ts";
import { sitePattern } from "./sites.ts";
import { operationLimit } from "./use-cases/operation-limit.ts";
import { toolbarVerdict } from "./use-cases/toolbar-verdict.ts";
import { viewsIn, type View, type ViewMemory } from "./use-cases/views.ts";

/** Where the pages are that a frame can ask for. */
const UNLOCK_WINDOW = "windows/unlock.html";
const CONFIRM_WINDOW = "windows/confirm.html";
const POPUP = "windows/popup.html";
const OPTIONS_PAGE = "options/index.html";

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Of the window that asks for the passphrase: its content without scrolling. CSS pixels. */
const WINDOW_SIZE: Size = { width: 460, height: 420 };

/** Of the window that shows two certificates side by side. CSS pixels. */
const COMPARISON_SIZE: Size = { width: 900, height: 720 };

/** What mail in a page needs of the rest of the background. */
export type MailParts = Omit<MailContext, "views" | "takeOperation" | "now" | "askPage">;

/** Mail in pages: serves content scripts and our frames. */
export interface MailService {
  /** `null` where the message is none of a content script's, or the site was never granted. */
  answer(message: unknown, sender: TabSender): Promise<OpenedView | null>;
  /** `false` where the port is somebody else's. */
  connect(port: FramePort & { readonly name: string }): boolean;
  /** What is said of the messages of a tab, in the order in which they came. */
  verdictsIn(tabId: number): Promise<readonly ShownVerdict[]>;
  /** The keys were unlocked: frames that wait may ask again. */
  unlocked(): void;
  /**
   * Opens the message of a view with the password that a person has typed for it.
   *
   * @throws {Refusal} `password.wrong`, `password.wait`, `password.gone`
   */
  openInView(viewId: string, password: string): Promise<void>;
  /** A person has answered in a window what a view's frame asked. */
  answered(viewId: string, isConfirmed: boolean): void;
}

export function mailService(browser: Browser, parts: MailParts): MailService {
  const extension = { id: browser.runtime.id, baseUrl: browser.runtime.getURL("") };
  const memory: ViewMemory = browser.storage.session;
  const now = (): number => Date.now();
  const views = viewsIn(memory, now);
  const context: MailContext = {
    ...parts,
    views,
    takeOperation: operationLimit(memory, now),
    now: () => new Date(),
    askPage: (view, request) => askPage(browser, view, request),
  };
  const openWindow = async (page: string, size: Size = WINDOW_SIZE): Promise<number | undefined> => {
    const { id } = await browser.windows.create({ url: browser.runtime.getURL(page), type: "popup", ...size });
    return id;
  };
  // After the worker's death a window that is closed is nobody's any more: the banner goes on saying what it said.
  const unlockWindows = new Set<number | undefined>();
  const acts: FrameActs = {
    askUnlock: async () => {
      unlockWindows.add(await openWindow(UNLOCK_WINDOW));
    },
    askQuestion: async (viewId, kind) => {
      await openWindow(`${CONFIRM_WINDOW}#/${kind}/${viewId}`, kind === "person" ? COMPARISON_SIZE : WINDOW_SIZE);
    },
    compare: async (address) => {
      await openWindow(`${CONFIRM_WINDOW}#/replacement/${encodeURIComponent(address)}`, COMPARISON_SIZE);
    },
    showPage: async (place) => {
      await browser.tabs.create({ url: `${browser.runtime.getURL(OPTIONS_PAGE)}#/${place}` });
    },
    showVerdicts: (tabId) => showVerdicts(browser, tabId, context),
  };
  const connections = new Set<FrameConnection>();

  browser.tabs.onRemoved.addListener((tabId) => {
    void views.closeTab(tabId);
  });
  browser.windows.onRemoved.addListener((windowId) => {
    if (!unlockWindows.delete(windowId)) return;
    void parts.keys.unlocked().then((unlocked) => {
      if (unlocked === null) for (const connection of connections) connection.unlockDeclined();
    });
  });

  return {
    async answer(message, sender) {
      const page = contentSender(sender, extension);
      const request = page && parseContentRequest(message);
      if (!page || !request) return null;
      const pattern = sitePattern(page.origin);
      if (pattern === null) return null;
      if (!(await browser.permissions.contains({ origins: [pattern] }))) {
        await sayOff(browser, page);
        return null;
      }
      if (request.name === "loadWebmail") {
        const target = { tabId: page.tabId, frameIds: [page.frameId] };
        await browser.scripting.executeScript({ target, files: [`content-${request.webmail}.js`] });
        return null;
      }
      if (request.name === "closeView") {
        await views.close(request.viewId, page);
        await acts.showVerdicts(page.tabId);
        return null;
      }
      const isTaken = request.kind === "compose" && request.isTaken;
      const { id } = await views.open(request.kind, page, isTaken);
      const url = `${browser.runtime.getURL(FRAME_PAGES[request.kind])}#${id}`;
      if (request.kind === "message") return { viewId: id, url, isSendHeld: false, isGuarded: false };
      const always = await alwaysProtected(context);
      const isGuarded = always.encrypts || request.isAnswer || isTaken;
      return { viewId: id, url, isSendHeld: always.signs || isGuarded, isGuarded };
    },
    connect(port) {
      if (port.name !== FRAME_PORT) return false;
      const connection = serveFrame({ port, extension, context, acts });
      connections.add(connection);
      port.onDisconnect.addListener(() => {
        connections.delete(connection);
      });
      return true;
    },
    verdictsIn: (tabId) => verdictsIn(tabId, context),
    unlocked() {
      for (const connection of connections) connection.unlocked();
    },
    async openInView(viewId, password) {
      for (const connection of connections) {
        if (await connection.openWithPassword(viewId, password)) return;
      }
      throw new Refusal("password.gone");
    },
    answered(viewId, isConfirmed) {
      for (const connection of connections) connection.answered(viewId, isConfirmed);
    },
  };
}

/** Where the settings cannot be read, mail may have to be protected: what is not known holds (invariant 1). */
async function alwaysProtected({ settings }: MailContext): Promise<{ signs: boolean; encrypts: boolean }> {
  try {
    const { alwaysSign, alwaysEncrypt } = await settings();
    return { signs: alwaysSign, encrypts: alwaysEncrypt };
  } catch (error) {
    if (error instanceof StorageError) return { signs: true, encrypts: true };
    throw error;
  }
}

/** `null` where the page is gone, or its script belongs to an older version of ours. */
async function askPage(browser: Browser, { page }: View, request: PageRequest): Promise<unknown> {
  try {
    return await browser.tabs.sendMessage(page.tabId, request, { frameId: page.frameId });
  } catch {
    return null;
  }
}

/** The permission of a page's site was withdrawn while its script still runs: nothing is answered, and that is said. */
async function sayOff(browser: Browser, { tabId, origin }: ContentSender): Promise<void> {
  const title = browser.i18n.getMessage("toolbar_off").replace("{host}", new URL(origin).hostname);
  await browser.action.setTitle({ tabId, title }).catch(() => undefined);
  await browser.action.setBadgeText({ tabId, text: "!" }).catch(() => undefined);
}

async function verdictsIn(tabId: number, { views }: MailContext): Promise<readonly ShownVerdict[]> {
  return (await views.inTab(tabId)).map(({ verdict }) => verdict).filter((verdict) => verdict !== null);
}

/** Says the verdicts of a tab where no page can draw: in the toolbar button and its popup. */
async function showVerdicts(browser: Browser, tabId: number, context: MailContext): Promise<void> {
  const verdicts = await verdictsIn(tabId, context);
  const { title, badge } = toolbarVerdict(verdicts);
  // The tab may be gone by now.
  await browser.action
    .setTitle({ tabId, title: title ?? browser.i18n.getMessage("action_title") })
    .catch(() => undefined);
  await browser.action.setBadgeText({ tabId, text: badge }).catch(() => undefined);
  const popup = verdicts.length === 0 ? "" : `${browser.runtime.getURL(POPUP)}#${tabId}`;
  await browser.action.setPopup({ tabId, popup }).catch(() => undefined);
}
