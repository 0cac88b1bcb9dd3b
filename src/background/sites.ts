import type { Browser } from "./browser.ts";
import { turns } from "./in-turn.ts";

/** Name under which the content script is registered. */
const SCRIPT = "webmail";
const SCRIPT_FILE = "content.js";

/**
 * The match pattern of a site, or `null` for an address that is none. Without the port: Firefox knows none in patterns.
 *
 * @param address of a page
 */
export function sitePattern(address: string | undefined): string | null {
  if (address === undefined || !URL.canParse(address)) return null;
  const { protocol, hostname } = new URL(address);
  return protocol === "https:" || protocol === "http:" ? `${protocol}//${hostname}/*` : null;
}

const isSite = (pattern: string): boolean => /^https?:\/\/[^/*]+\/\*$/.test(pattern);

/** Where the content script runs is where the browser's own list of permissions says so, and nowhere else. */
export interface Sites {
  /**
   * Brings the registration in line with what is granted, and starts in tabs that are open already.
   *
   * @param added patterns that were granted just now. Where the worker ended between a withdrawal and taking the script
   *   away, these are registered still, and their tabs have no script all the same.
   */
  follow(added?: readonly string[]): Promise<void>;
}

export function sitesOf(browser: Browser): Sites {
  const granted = async (): Promise<string[]> =>
    ((await browser.permissions.getAll()).origins ?? []).filter(isSite).sort();

  async function register(matches: string[]): Promise<readonly string[]> {
    const [registered] = await browser.scripting.getRegisteredContentScripts({ ids: [SCRIPT] });
    const before = registered?.matches ?? [];
    if (JSON.stringify([...before].sort()) === JSON.stringify(matches)) return [];
    if (registered !== undefined) await browser.scripting.unregisterContentScripts({ ids: [SCRIPT] });
    if (matches.length > 0) {
      await browser.scripting.registerContentScripts([
        {
          id: SCRIPT,
          matches,
          js: [SCRIPT_FILE],
          runAt: "document_idle",
          // Webmails show messages in frames of their own site (Roundcube its preview).
          allFrames: true,
          persistAcrossSessions: true,
        },
      ]);
    }
    return matches.filter((match) => !before.includes(match));
  }

  async function startIn(patterns: readonly string[]): Promise<void> {
    if (patterns.length === 0) return;
    for (const { id } of await browser.tabs.query({ url: [...patterns] })) {
      // A tab that shows an error page, or was discarded, has nothing to start in.
      if (id !== undefined) {
        await browser.scripting
          .executeScript({ target: { tabId: id, allFrames: true }, files: [SCRIPT_FILE] })
          .catch(() => undefined);
      }
    }
  }

  // One after the other: two registrations at once would meet under one name.
  const inTurn = turns();
  return {
    follow: (added = []) =>
      inTurn(async () => {
        const matches = await granted();
        const isNew = new Set([...(await register(matches)), ...added]);
        await startIn(matches.filter((match) => isNew.has(match)));
      }),
  };
}
