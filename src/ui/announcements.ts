import { announce, warn } from "./components/live-regions.tsx";
import { words } from "./words.ts";
import type { Banner } from "./message/banner.ts";

/** A verdict as a screen reader tells it (`ux.md` 4.3). */
export function announceBanner({ tone, headline, sentence }: Banner): void {
  if (tone === "alarm") warn(words("announce_alarm", { headline, sentence }));
  else if (tone === "caution") announce(words("announce_caution", { headline, sentence }));
  else announce(words("announce_calm", { headline }));
}
