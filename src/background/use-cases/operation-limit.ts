import { SessionPrefix } from "../../storage/names.ts";
import { turns } from "../in-turn.ts";
import type { ViewMemory } from "./views.ts";

/**
 * How many times a minute one tab may have private keys used without a press of the person's: opening messages. More
 * than anybody reads, and far less than a page that uses our key as its own needs (attack 40).
 */
export const MAX_KEY_OPERATIONS_PER_MINUTE = 30;

const MINUTE_MS = 60_000;

/** Of every key under which operations are counted. */
export const OPERATIONS_KEY = SessionPrefix.operations;

/**
 * Counts the operations of each tab; what it gives says `false` where a tab has had too many in this minute.
 *
 * @param now ms since 1970
 */
export function operationLimit(memory: ViewMemory, now: () => number): (tabId: number) => Promise<boolean> {
  const inTurn = turns();
  return (tabId) =>
    inTurn(async () => {
      const key = OPERATIONS_KEY + String(tabId);
      const times = ((await memory.get(key))[key] as readonly number[] | undefined) ?? [];
      const recent = times.filter((time) => now() - time < MINUTE_MS);
      if (recent.length >= MAX_KEY_OPERATIONS_PER_MINUTE) return false;
      await memory.set({ [key]: [...recent, now()] });
      return true;
    });
}
