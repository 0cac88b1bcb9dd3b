import { computed, signal } from "@preact/signals";
import { USABLE, type RecipientState } from "../../../messages/secure-form.ts";
import { ask } from "../compose-state.ts";
import { typedAddresses } from "./typed-addresses.ts";
import type { ShownStatus } from "./recipient-words.ts";

export const FIELDS = ["to", "cc", "bcc"] as const;
export type Field = (typeof FIELDS)[number];

/** Who has put a recipient here: the person, the webmail's form, the sender of what is answered, or a kept draft. */
export type Origin = "typed" | "page" | "reply-to" | "draft";

export interface Recipient {
  readonly id: number;
  readonly field: Field;
  readonly name: string;
  /** `null`: what was typed is no address. */
  readonly address: string | null;
  readonly text: string;
  readonly origin: Origin;
  /** The person has said that this one is meant, though a reader of nothing that is quoted (H92). */
  readonly isConfirmed?: boolean;
  /** The person knows that this one gets a first encrypted mail (H95). */
  readonly isKnownFirst?: boolean;
}

/** So long after the last change the certificates are looked up, ms. */
const LOOK_UP_DELAY_MS = 150;

export const recipients = signal<readonly Recipient[]>([]);
/** What is known of each address, as it was asked for. */
export const states = signal<ReadonlyMap<string, RecipientState>>(new Map());
/** Certificates that the person chose where several fit, by address. */
export const choices = signal<ReadonlyMap<string, string>>(new Map());

let lastId = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

export function statusOf({ address }: Recipient): ShownStatus {
  if (address === null) return "not-an-address";
  const state = states.value.get(address);
  if (state === undefined) return "looking-up";
  return state.status === "several" && choices.value.has(address) ? "ready" : state.status;
}

export const stateOf = ({ address }: Recipient): RecipientState | null =>
  address === null ? null : (states.value.get(address) ?? null);

/** Whether it can be encrypted to this recipient as things stand. */
export function isReady(recipient: Recipient): boolean {
  const status = statusOf(recipient);
  return status !== "looking-up" && USABLE.has(status);
}

/** The certificate to encrypt to: the person's choice, or the one that fits. */
export function certificateOf(recipient: Recipient): string | null {
  const chosen = choices.value.get(recipient.address ?? "");
  return chosen ?? stateOf(recipient)?.certificate?.fingerprint ?? null;
}

export const inField = (field: Field): readonly Recipient[] => recipients.value.filter((one) => one.field === field);

export const addressesIn = (field: Field): string[] => inField(field).flatMap(({ address }) => address ?? []);

export const readiness = computed(() => {
  const all = recipients.value;
  const ready = all.filter(isReady).length;
  const isLookingUp = all.some((recipient) => statusOf(recipient) === "looking-up");
  return { all: all.length, ready, isLookingUp };
});

function lookUpNow(): void {
  const addresses = [...new Set(recipients.value.flatMap(({ address }) => address ?? []))];
  if (addresses.length > 0) ask({ name: "lookUp", addresses });
}

/** Asks anew for every address; what is known stands until the answer is there. */
export function lookUp(): void {
  clearTimeout(timer);
  timer = setTimeout(lookUpNow, LOOK_UP_DELAY_MS);
}

/** Adds what was typed, pasted or taken over; an address stands once in a field. */
export function add(field: Field, text: string, origin: Origin = "typed"): void {
  const known = new Set(addressesIn(field).map((address) => address.toLowerCase()));
  const added = typedAddresses(text).flatMap(({ name, address, text: typed }): Recipient[] => {
    if (address !== null && known.has(address.toLowerCase())) return [];
    if (address !== null) known.add(address.toLowerCase());
    return [{ id: ++lastId, field, name, address, text: typed, origin }];
  });
  if (added.length === 0) return;
  recipients.value = [...recipients.value, ...added];
  lookUp();
}

export function remove(...ids: readonly number[]): void {
  recipients.value = recipients.value.filter(({ id }) => !ids.includes(id));
}

export function clear(): void {
  recipients.value = [];
  states.value = new Map();
  choices.value = new Map();
}

export function confirm(...ids: readonly number[]): void {
  recipients.value = recipients.value.map((one) => (ids.includes(one.id) ? { ...one, isConfirmed: true } : one));
}

export function confirmFirst(...ids: readonly number[]): void {
  recipients.value = recipients.value.map((one) => (ids.includes(one.id) ? { ...one, isKnownFirst: true } : one));
}

export function choose(address: string, fingerprint: string): void {
  choices.value = new Map([...choices.value, [address, fingerprint]]);
}

export function heardStates(news: readonly RecipientState[]): void {
  states.value = new Map([...states.value, ...news.map((state) => [state.address, state] as const)]);
}
