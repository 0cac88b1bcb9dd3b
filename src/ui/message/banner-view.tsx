import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { JSX } from "preact";
import type { MessageView } from "../../messages/answers.ts";
import type { PersonalMark } from "../../settings/mark.ts";
import { Icon } from "../components/icon.tsx";
import { MarkView } from "../components/mark-view.tsx";
import { Text, t } from "../i18n.tsx";
import { announceBanner } from "../announcements.ts";
import type { Banner } from "./banner.ts";
import { CheckSender } from "./check-sender.tsx";
import { Details } from "./details.tsx";
import type { Note } from "./notes.ts";

/** More than that folds away: attention is limited. */
const VISIBLE_NOTES = 3;

/** What the page around does; asking the sender is told in place. */
export type BannerAction = Exclude<NonNullable<Banner["action"] | Note["action"]>, "check-sender">;

interface NoteProps {
  readonly note: Note;
  readonly onAction: (action: BannerAction) => void;
}

function NoteLine({ note, onAction }: NoteProps): JSX.Element {
  const { action } = note;
  return (
    <li class={`note tone-${note.tone}`} data-note={note.id}>
      <span class="note-icon">
        <Icon name={note.icon} />
      </span>
      <span>
        <strong>
          <Text words={note.headline} />.
        </strong>{" "}
        <Text words={note.sentence} />
      </span>
      {action && (
        <button
          type="button"
          class="quiet"
          onClick={() => {
            onAction(action);
          }}
        >
          {t(`action_${action}`)}
        </button>
      )}
    </li>
  );
}

interface Props {
  readonly banner: Banner;
  readonly view: MessageView;
  readonly headingId: string;
  readonly onAction: (action: BannerAction) => void;
  readonly onSaveOriginal: (() => void) | null;
  /** Shown where a page is around us, which might draw a banner too. */
  readonly mark?: PersonalMark | null;
}

/** The verdict: edge, seal, headline, sentence, one action, details, notes (`ux.md` 0.1). */
export function BannerView({ banner, view, headingId, onAction, onSaveOriginal, mark = null }: Props): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const detailsId = useId();
  const sentenceId = useId();
  const button = useRef<HTMLButtonElement>(null);
  const { id, tone, icons, headline, sentence, action, notes } = banner;
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
          {action && (
            <button
              type="button"
              class="quiet"
              {...(action === "check-sender" && { "aria-expanded": isAsking })}
              onClick={() => {
                if (action === "check-sender") setAsking(!isAsking);
                else onAction(action);
              }}
            >
              {t(`action_${action.replace("-", "_")}`)}
            </button>
          )}
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
            <NoteLine key={note.id} note={note} onAction={onAction} />
          ))}
        </ul>
      )}
      {isAsking && <CheckSender view={view} />}
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
