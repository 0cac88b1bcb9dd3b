import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { JSX } from "preact";
import type { MessageView } from "../../messages/answers.ts";
import type { PersonalMark } from "../../settings/mark.ts";
import { Icon } from "../components/icon.tsx";
import { MarkView } from "../components/mark-view.tsx";
import { Text, t } from "../i18n.tsx";
import { announceBanner } from "../announcements.ts";
import type { Banner } from "./banner.ts";
import { BannerPanel, isInPlace, type BannerAction } from "./banner-panel.tsx";
import { Details } from "./details.tsx";
import { NoteLine } from "./note-line.tsx";

/** More than that folds away: attention is limited. */
const VISIBLE_NOTES = 3;

interface Props {
  readonly banner: Banner;
  readonly view: MessageView;
  readonly contents: ReadonlyMap<string, Uint8Array>;
  readonly headingId: string;
  readonly onAction: (action: BannerAction) => void;
  /** `null` where the original is not at hand. */
  readonly onSaveOriginal: (() => void) | null;
  /** Shown where a page is around us, which might draw a banner too. */
  readonly mark?: PersonalMark | null;
}

type ActionProps = Pick<Props, "banner" | "onAction" | "onSaveOriginal"> & {
  readonly isOpen: boolean;
  readonly onOpen: () => void;
};

/** The one thing to do about a state; none where this page cannot do it. */
function MainAction({ banner: { action }, onAction, onSaveOriginal, isOpen, onOpen }: ActionProps): JSX.Element | null {
  if (action === null || (action === "save-original" && onSaveOriginal === null)) return null;
  const label = t(`action_${action.replaceAll("-", "_")}`);
  if (isInPlace(action)) {
    return (
      <button type="button" class="quiet" data-action={action} aria-expanded={isOpen} onClick={onOpen}>
        {label}
      </button>
    );
  }
  const act = (): void => {
    if (action === "save-original") onSaveOriginal?.();
    else onAction(action);
  };
  return (
    <button type="button" class="quiet" data-action={action} onClick={act}>
      {label}
    </button>
  );
}

/** The verdict: edge, seal, headline, sentence, one action, details, notes (`ux.md` 0.1). */
export function BannerView(props: Props): JSX.Element {
  const { banner, view, contents, headingId, onAction, onSaveOriginal, mark = null } = props;
  const [isOpen, setOpen] = useState(false);
  const [isActing, setActing] = useState(false);
  const detailsId = useId();
  const sentenceId = useId();
  const button = useRef<HTMLButtonElement>(null);
  const { id, tone, icons, headline, sentence, action, prepared, notes } = banner;
  useEffect(() => {
    announceBanner(banner);
    // Said once for each verdict, not for each drawing of it.
  }, [view]);
  const isQuiet = action === null && (tone === "positive" || tone === "neutral");
  const close = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || !isOpen) return;
    event.stopPropagation();
    setOpen(false);
    button.current?.focus();
  };
  return (
    <section
      class={`banner tone-${tone} ${isQuiet ? "is-quiet" : ""}`}
      aria-labelledby={headingId}
      data-banner={id}
      onKeyDown={close}
    >
      <div class="banner-line">
        <span class="banner-icons">
          {icons.map((name) => (
            <Icon key={name} name={name} />
          ))}
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
          <MainAction
            {...{ banner, onAction, onSaveOriginal, isOpen: isActing }}
            onOpen={() => {
              setActing(!isActing);
            }}
          />
          <button
            type="button"
            class="quiet"
            ref={button}
            aria-expanded={isOpen}
            aria-controls={detailsId}
            onClick={() => {
              setOpen(!isOpen);
            }}
          >
            {t("details")}
            <Icon name="chevron-down" />
          </button>
          {mark && <MarkView mark={mark} />}
        </div>
      </div>
      {notes.length > 0 && (
        <ul class="notes">
          {(isOpen ? notes : notes.slice(0, VISIBLE_NOTES)).map((note) => (
            <NoteLine key={note.id} {...{ note, view, contents, onAction }} />
          ))}
        </ul>
      )}
      {isActing && action !== null && isInPlace(action) && (
        <BannerPanel {...{ action, prepared, view, contents, onAction }} />
      )}
      <div id={detailsId} hidden={!isOpen}>
        {isOpen && isQuiet && (
          <p class="details-lead">
            <Text words={sentence} />
          </p>
        )}
        {isOpen && <Details view={view} onSaveOriginal={onSaveOriginal} />}
      </div>
    </section>
  );
}
