import { signal } from "@preact/signals";
import type { Suggestion } from "../../../messages/secure-form.ts";
import { ask } from "../compose-state.ts";
import { addressesIn, type Field } from "./recipients.ts";

/** Fewer characters fit too many people. */
const LEAST_LENGTH = 2;
/** So long after the last key it is asked, ms. */
const DELAY_MS = 120;
/** More are not looked through. */
const MOST = 8;

/** People who fit what was typed into a field. */
export const suggestions = signal<{ readonly field: Field; readonly people: readonly Suggestion[] } | null>(null);

let asked: { readonly field: Field; readonly text: string } | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

export function suggest(field: Field, typed: string): void {
  const text = typed.trim();
  clearTimeout(timer);
  if (text.length < LEAST_LENGTH) {
    stopSuggesting();
    return;
  }
  asked = { field, text };
  timer = setTimeout(() => {
    ask({ name: "suggest", text: text.slice(0, 200) });
  }, DELAY_MS);
}

export function stopSuggesting(): void {
  clearTimeout(timer);
  asked = null;
  suggestions.value = null;
}

/** An answer to what was typed before is too late. */
export function heardSuggestions(text: string, people: readonly Suggestion[]): void {
  if (asked?.text.slice(0, 200) !== text) return;
  const { field } = asked;
  const there = new Set(addressesIn(field).map((address) => address.toLowerCase()));
  const fresh = people.filter(({ address }) => !there.has(address.toLowerCase()));
  suggestions.value = fresh.length === 0 ? null : { field, people: fresh.slice(0, MOST) };
}
