import { useEffect, useId } from "preact/hooks";
import type { ComponentChildren, JSX } from "preact";
import type { PersonalMark } from "../../settings/mark.ts";
import type { IconName } from "../components/icon-shapes.ts";
import { Icon } from "../components/icon.tsx";
import { MarkView } from "../components/mark-view.tsx";
import { announce } from "../components/live-regions.tsx";
import { Text } from "../i18n.tsx";
import { words, type Words } from "../words.ts";
import type { Tone } from "./banner-rows.ts";

/** A state before or beside a verdict (`ux.md` 1C and 1F). */
export interface Notice {
  readonly id: string;
  readonly tone: Tone;
  readonly icon: IconName;
  readonly headline: Words;
  readonly sentence: Words;
}

interface Props {
  readonly notice: Notice;
  readonly children?: ComponentChildren;
  readonly mark?: PersonalMark | null;
}

/** A banner without a verdict: what is missing, and the one thing to do. */
export function StateBanner({ notice, children, mark = null }: Props): JSX.Element {
  const headingId = useId();
  const sentenceId = useId();
  const { id, tone, icon, headline, sentence } = notice;
  useEffect(() => {
    announce(words(tone === "neutral" ? "announce_calm" : "announce_caution", { headline, sentence }));
    // Said once for each state, not for each drawing of it.
  }, [id]);
  return (
    <section class={`banner tone-${tone}`} aria-labelledby={headingId} data-banner={id}>
      <div class="banner-line">
        <span class="banner-icons">
          <Icon name={icon} />
        </span>
        <div class="banner-words">
          <h2 id={headingId} aria-describedby={sentenceId}>
            <Text words={headline} />
          </h2>
          <p id={sentenceId}>
            <Text words={sentence} />
          </p>
        </div>
        <div class="banner-actions">
          {children}
          {mark && <MarkView mark={mark} />}
        </div>
      </div>
    </section>
  );
}
