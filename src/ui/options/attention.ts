import { stateOf } from "../components/certificate-state.ts";
import { contacts, identities, settings, sites } from "../stored.ts";
import type { Section } from "./route.ts";

/** How many things in a section wait for a person: shown as a number, never as a pop-up (`ux.md` 3.1). */
export function attentionIn(section: Section): number {
  if (section === "contacts") return (contacts.value ?? []).filter(({ replacement }) => replacement !== null).length;
  if (section === "identities") {
    const now = Date.now();
    return (identities.value ?? []).filter((identity) => stateOf(identity, now) === "ends-soon").length;
  }
  if (section === "about") return settings.value?.policy === "emptied" ? 1 : 0;
  return 0;
}

/** How many entries a section has; `null` where a number says nothing. */
export function sizeOf(section: Section): number | null {
  const list = { identities, contacts, sites, trust: null, settings: null, about: null }[section];
  const entries = list?.value ?? null;
  return entries === null || entries.length === 0 ? null : entries.length;
}
