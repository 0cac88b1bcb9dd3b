import { MAX_SIGNED_MAIL, type ContactRow } from "../../storage/contacts.ts";

/** Somebody usually signs who has signed so many messages within so long (`ux.md` A28). */
const USUAL_COUNT = 3;
const USUAL_WITHIN_MS = 90 * 24 * 60 * 60 * 1000;

/**
 * Remembers a message that was verified, by the time that its signature names: the same message, read or sent again, is
 * no second one, and a time that is still to come is nobody's.
 */
export function withSignedMail(row: ContactRow, signedAt: Date, now: Date): ContactRow {
  const isKnown = row.signedMail.some((time) => time.getTime() === signedAt.getTime());
  if (isKnown || signedAt > now) return row;
  const newestFirst = [...row.signedMail, signedAt].sort((a, b) => b.getTime() - a.getTime());
  return { ...row, signedMail: newestFirst.slice(0, MAX_SIGNED_MAIL) };
}

/** How many messages a contact has signed lately; 0 where that is no habit. */
export function usuallySigned({ signedMail }: ContactRow, now: Date): number {
  const lately = signedMail.filter((time) => time <= now && now.getTime() - time.getTime() <= USUAL_WITHIN_MS);
  return lately.length >= USUAL_COUNT ? lately.length : 0;
}
