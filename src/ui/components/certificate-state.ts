/** How a certificate stands in time. */
export type CertificateState = "good" | "ends-soon" | "ended" | "not-yet";

/** From then on a person is reminded: enough to get a new one, seldom enough to be read. */
export const SOON_DAYS = 14;
const DAY_MS = 86_400_000;

interface Validity {
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** @param now milliseconds, as of `Date.now()` */
export function stateOf({ notBefore, notAfter }: Validity, now: number): CertificateState {
  if (notAfter.getTime() < now) return "ended";
  if (notBefore.getTime() > now) return "not-yet";
  return notAfter.getTime() - now < SOON_DAYS * DAY_MS ? "ends-soon" : "good";
}

/** Whole days until it ends, at least 1 while it has not. */
export function daysLeft({ notAfter }: Validity, now: number): number {
  return Math.max(1, Math.ceil((notAfter.getTime() - now) / DAY_MS));
}
