import type { CandidatePath } from "../path-building.ts";
import { firstBreaking, type Violation } from "./violation.ts";

/**
 * RFC 5280 section 6.1.3 (a)(2): the time lies in each validity period, whose ends are included (4.1.2.5). Both ends are
 * whole seconds, and so is what is compared with them: the last second lasts until the next one begins.
 */
export function checkValidity({ certificates }: CandidatePath, at: Date): Violation | null {
  const second = wholeSecond(at);
  return (
    firstBreaking(certificates, "not-yet-valid-at-signing", ({ notBefore }) => second < notBefore) ??
    firstBreaking(certificates, "expired-at-signing", ({ notAfter }) => second > notAfter)
  );
}

/** The second that a time lies in, by its beginning. */
export function wholeSecond(time: Date): Date {
  return new Date(Math.floor(time.getTime() / 1000) * 1000);
}
