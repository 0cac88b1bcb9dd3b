import type { Rows } from "../../storage/rows.ts";
import type { AttemptsRow } from "../../storage/vault.ts";

/** The third wrong one in a row is the first that costs time; each further one costs twice as much. */
const FREE_ATTEMPTS = 2;
const FIRST_DELAY = 5_000;
export const LONGEST_DELAY = 300_000;

/** How long nobody may try after this many wrong ones in a row; ms. */
export function delayAfter(failures: number): number {
  return failures <= FREE_ATTEMPTS ? 0 : Math.min(FIRST_DELAY * 2 ** (failures - FREE_ATTEMPTS - 1), LONGEST_DELAY);
}

/**
 * Slows down guessing at this computer. Who has a copy of the profile, or of the message, is slowed by the rounds of
 * PBKDF2 only.
 *
 * Each attempt is counted as wrong before it is made and uncounted when it was right: a worker that is stopped in the
 * middle gives nobody a free one.
 */
export interface Attempts {
  /** Until when no attempt is made; `null` where one may be made now. */
  waitUntil(): Promise<number | null>;
  /** @throws what `refusal` makes, where none may be made now */
  begin(): Promise<void>;
  succeeded(): Promise<void>;
}

/** A clock that is turned back makes nobody wait longer than the longest delay. */
const remaining = (row: AttemptsRow | null, now: number): number =>
  row === null ? 0 : Math.min(Math.max(row.waitUntil - now, 0), LONGEST_DELAY);

/**
 * @param name what is guessed
 * @param refusal says until when no attempt is made, ms since 1970
 */
export function attempts(
  rows: Rows<AttemptsRow>,
  name: AttemptsRow["name"],
  now: () => number,
  refusal: (waitUntil: number) => Error,
): Attempts {
  return {
    async waitUntil() {
      const at = now();
      const wait = remaining(await rows.get(name), at);
      return wait > 0 ? at + wait : null;
    },
    async begin() {
      const at = now();
      await rows.change(name, (row) => {
        const wait = remaining(row, at);
        if (wait > 0) throw refusal(at + wait);
        const failures = (row?.failures ?? 0) + 1;
        return { name, failures, waitUntil: at + delayAfter(failures) };
      });
    },
    succeeded: () => rows.remove(name),
  };
}
