import { stateOf } from "../components/certificate-state.ts";
import type { ContactView } from "../../messages/page-answers.ts";

export const CONTACT_FILTERS = ["all", "attention", "waiting", "soon"] as const;
export type ContactFilter = (typeof CONTACT_FILTERS)[number];

/** How a contact stands: what waits for a decision first, then what no longer works. */
export type ContactState = "waiting" | "ended" | "not-yet" | "ends-soon" | "sign-only" | "good";

export function contactState({ certificate, replacement }: ContactView, now: number): ContactState {
  if (replacement !== null) return "waiting";
  const state = stateOf(certificate, now);
  if (state !== "good") return state;
  return certificate.usages.includes("encrypt") ? "good" : "sign-only";
}

function passes(state: ContactState, filter: ContactFilter): boolean {
  if (filter === "all") return true;
  if (filter === "waiting") return state === "waiting";
  if (filter === "soon") return state === "ends-soon";
  return state === "waiting" || state === "ended" || state === "ends-soon";
}

/** The contacts of a search and a filter: those that need a person first, then by address. */
export function findContacts(
  contacts: readonly ContactView[],
  query: string,
  filter: ContactFilter,
  now: number,
): readonly ContactView[] {
  const wanted = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  const rank = (contact: ContactView): number => (contactState(contact, now) === "waiting" ? 0 : 1);
  return contacts
    .filter((contact) => {
      const text = `${contact.address} ${contact.certificate.subject} ${contact.certificate.issuer}`.toLowerCase();
      return wanted.every((word) => text.includes(word)) && passes(contactState(contact, now), filter);
    })
    .sort((a, b) => rank(a) - rank(b) || a.address.localeCompare(b.address));
}
