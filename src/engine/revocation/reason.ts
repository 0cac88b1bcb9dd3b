import type { RevocationReason, RevokedLater } from "../verdicts.ts";

/**
 * `CRLReason ::= ENUMERATED` (RFC 5280 section 5.3.1): the name at its number; 7 is not used. An entry without the
 * extension is "unspecified".
 */
const CRL_REASONS: readonly (RevocationReason | null)[] = [
  "unspecified",
  "keyCompromise",
  "cACompromise",
  "affiliationChanged",
  "superseded",
  "cessationOfOperation",
  "certificateHold",
  null,
  "removeFromCRL",
  "privilegeWithdrawn",
  "aACompromise",
];

/** Numbers of CRLReason. */
export const UNSPECIFIED = 0;
export const REMOVE_FROM_CRL = 8;

/** The name of a CRLReason; "unspecified" for numbers that are none, since the certificate is revoked all the same. */
export function reasonName(number: number): RevocationReason {
  return CRL_REASONS[number] ?? "unspecified";
}

const WITHOUT_REACH: ReadonlySet<RevocationReason> = new Set<RevokedLater>([
  "affiliationChanged",
  "superseded",
  "cessationOfOperation",
]);

/**
 * Whether a reason says nothing of the time before: the certificate was replaced or not needed any more. All others
 * reach back, since whoever has the key can put any signing time into a signature.
 */
export function isWithoutReach(reason: RevocationReason): reason is RevokedLater {
  return WITHOUT_REACH.has(reason);
}
