import { effect, signal, type Signal } from "@preact/signals";
import type { Failure } from "../messages/answers.ts";
import type { PersonalMark } from "../settings/mark.ts";
import type {
  AnchorView,
  ContactView,
  OwnIdentityView,
  PersonView,
  SettingsView,
  SiteView,
  VaultState,
} from "../messages/page-answers.ts";
import { ask } from "./background-client.ts";

/** What is stored, as the background last told it; `null` before it has. Everything on a page is drawn from these. */
export const vault = signal<VaultState | null>(null);
export const identities = signal<readonly OwnIdentityView[] | null>(null);
export const anchors = signal<readonly AnchorView[] | null>(null);
export const contacts = signal<readonly ContactView[] | null>(null);
export const people = signal<readonly PersonView[] | null>(null);
export const settings = signal<SettingsView | null>(null);
export const sites = signal<readonly SiteView[] | null>(null);
export const mark = signal<PersonalMark | null>(null);
/** Why what is stored could not be read; said on top of every section. */
export const readFailure = signal<Failure | null>(null);

function put<T>(
  target: Signal<T | null>,
  answer: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Failure },
): void {
  if (answer.ok) target.value = answer.value;
  else readFailure.value = answer.error;
}

export async function loadVault(): Promise<void> {
  put(vault, await ask({ name: "vaultState" }));
}

/** Browsers' timers hold at most so many milliseconds. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** Sees on the page when keys lock by themselves. Each use may have put it off, which the next answer tells. */
export function watchExpiry(): void {
  let timer = 0;
  effect(() => {
    clearTimeout(timer);
    const expiresAt = vault.value?.expiresAt ?? null;
    if (expiresAt === null) return;
    timer = window.setTimeout(
      () => {
        void loadVault();
      },
      Math.min(Math.max(expiresAt - Date.now() + 500, 1000), LONGEST_TIMER),
    );
  });
}

/**
 * Keeps the mark. It is shown at once, since the next choice begins with what is shown; what could not be kept is taken
 * back, unless another choice was made meanwhile.
 */
export async function keepMark(next: PersonalMark): Promise<Failure | null> {
  const before = mark.value;
  mark.value = next;
  const answer = await ask({ name: "setMark", mark: next });
  if (answer.ok) return null;
  if (mark.value === next) mark.value = before;
  return answer.error;
}

export async function loadMark(): Promise<void> {
  put(mark, await ask({ name: "getMark" }));
}

export async function loadSites(): Promise<void> {
  put(sites, await ask({ name: "listSites" }));
}

/** Reads everything again: at the start, and when a person comes back from another window. */
export async function loadStored(): Promise<void> {
  readFailure.value = null;
  await Promise.all([
    loadVault(),
    loadMark(),
    ask({ name: "listIdentities" }).then((answer) => {
      put(identities, answer);
    }),
    ask({ name: "listAnchors" }).then((answer) => {
      put(anchors, answer);
    }),
    ask({ name: "listContacts" }).then((answer) => {
      put(contacts, answer);
    }),
    ask({ name: "listPeople" }).then((answer) => {
      put(people, answer);
    }),
    ask({ name: "getSettings" }).then((answer) => {
      put(settings, answer);
    }),
    loadSites(),
  ]);
}
