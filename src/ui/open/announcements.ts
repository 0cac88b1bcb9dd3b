import { signal } from "@preact/signals";
import { words, type Words } from "./words.ts";
import type { Banner } from "./banner.ts";

/** What the live regions say; empty in the first paint, since a region that is filled then is not read. */
export const polite = signal<Words | null>(null);
export const assertive = signal<Words | null>(null);

/** The frame has settled. */
const SETTLE_MS = 300;
const CLEAR_MS = 5000;

function say(region: typeof polite, text: Words): void {
  setTimeout(() => {
    region.value = text;
    setTimeout(() => {
      if (region.value === text) region.value = null;
    }, CLEAR_MS);
  }, SETTLE_MS);
}

export function announce(text: Words): void {
  say(polite, text);
}

/** A verdict as a screen reader tells it (`ux.md` 4.3). */
export function announceBanner({ tone, headline, sentence }: Banner): void {
  if (tone === "alarm") say(assertive, words("announce_alarm", { headline, sentence }));
  else if (tone === "caution") say(polite, words("announce_caution", { headline, sentence }));
  else say(polite, words("announce_calm", { headline }));
}
