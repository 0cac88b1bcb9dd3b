import { signal } from "@preact/signals";
import type { JSX } from "preact";
import { Text } from "../i18n.tsx";
import type { Words } from "../words.ts";

/** What the live regions say; empty in the first paint, since a region that is filled then is not read. */
const polite = signal<Words | null>(null);
const assertive = signal<Words | null>(null);

/** The page has settled. */
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

/** Said when the screen reader has finished what it says. */
export function announce(text: Words): void {
  say(polite, text);
}

/** Said at once; for what may not be missed. */
export function warn(text: Words): void {
  say(assertive, text);
}

/** What only a screen reader hears (`ux.md` 4.3). Once in a page. */
export function LiveRegions(): JSX.Element {
  return (
    <div class="visually-hidden">
      <div role="status" aria-live="polite" aria-atomic="true">
        {polite.value && <Text words={polite.value} />}
      </div>
      <div role="alert" aria-live="assertive" aria-atomic="true">
        {assertive.value && <Text words={assertive.value} />}
      </div>
    </div>
  );
}
