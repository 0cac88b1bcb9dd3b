import type { CandidatePath } from "../path-building.ts";
import { firstBreaking, type Violation } from "./violation.ts";

/** RFC 5280 section 6.1.3 (a)(2): the time lies in each validity period, whose ends are included (4.1.2.5). */
export function checkValidity({ certificates }: CandidatePath, at: Date): Violation | null {
  return (
    firstBreaking(certificates, "not-yet-valid-at-signing", ({ notBefore }) => at < notBefore) ??
    firstBreaking(certificates, "expired-at-signing", ({ notAfter }) => at > notAfter)
  );
}
