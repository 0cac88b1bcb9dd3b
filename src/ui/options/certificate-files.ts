import type { CertificateView } from "../../messages/page-answers.ts";

/** What becomes of a certificate from a file, by what it is and what is known already. */
export type Fate =
  "authority" | "known" | "ended" | "no-address" | "belongs-to-contacts" | "belongs-to-trust" | "contact";

interface Known {
  readonly fingerprints: ReadonlySet<string>;
  readonly now: number;
}

/** For the list of issuers: authorities are taken, those that have ended and people are not at first. */
export function fateAsAnchor(certificate: CertificateView, { fingerprints, now }: Known): Fate {
  if (fingerprints.has(certificate.fingerprint)) return "known";
  if (!certificate.isAuthority) return "belongs-to-contacts";
  return certificate.notAfter.getTime() < now ? "ended" : "authority";
}

/** For the contacts: certificates with an address. */
export function fateAsContact(certificate: CertificateView, { fingerprints }: Known): Fate {
  if (fingerprints.has(certificate.fingerprint)) return "known";
  if (certificate.isAuthority) return "belongs-to-trust";
  return certificate.emails.length === 0 ? "no-address" : "contact";
}

/** Whether it may be chosen at all. An authority that has ended may be, since it still vouches for old mail. */
export const isChoosable = (fate: Fate): boolean => fate === "authority" || fate === "ended" || fate === "contact";

/** Whether it is ticked before a person has chosen. */
export const isChosenFirst = (fate: Fate): boolean => fate === "authority" || fate === "contact";
