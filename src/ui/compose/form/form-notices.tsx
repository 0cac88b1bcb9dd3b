import type { JSX } from "preact";
import { Icon } from "../../components/icon.tsx";
import type { IconName } from "../../components/icon-shapes.ts";
import { formatClock, formatTime, t, Text } from "../../i18n.tsx";
import { StateBanner, type Notice } from "../../message/state-banner.tsx";
import { words } from "../../words.ts";
import { ask } from "../compose-state.ts";
import { focusEditor } from "../editor/text.ts";
import { answered } from "./answered.ts";
import { lostPictures, serverCopy, takeFailure, turnOn } from "./encryption.ts";
import { keepNow, keeping } from "./keeping.ts";
import { discardKept, offers, openFailure, openKept, wasSent } from "./kept-drafts.ts";
import { keyboardPlace } from "./keyboard-place.ts";

const notice = (
  id: string,
  icon: IconName,
  tone: Notice["tone"],
  params: Notice["headline"]["params"] = {},
): Notice => ({
  ...{ id, icon, tone },
  headline: words(`${id}_headline`, params),
  sentence: words(`${id}_sentence`, params),
});

function Act({ label, act }: { readonly label: string; readonly act: () => void }): JSX.Element {
  return (
    <button type="button" class="quiet" onClick={act}>
      {t(label)}
    </button>
  );
}

/** What is typed goes to the page: said where the person looks, in the form that has lost the keyboard. */
export function KeyboardNotice(): JSX.Element | null {
  const place = keyboardPlace.value;
  if (place === "here") return null;
  return (
    <div class={`keyboard-notice tone-${place === "taken" ? "caution" : "neutral"}`} data-keyboard={place}>
      <span class="chip-icon">
        <Icon name="keyboard" />
      </span>
      <span>{t(place === "taken" ? "keyboard_taken" : "keyboard_elsewhere")}</span>
      <Act label="keyboard_back" act={focusEditor} />
    </div>
  );
}

/** Drafts of an earlier form, which a crash, a reload or a log-in has cut off (`ux.md`: drafts survive). */
export function DraftOffers(): JSX.Element | null {
  const list = offers.value;
  if (list.length === 0) return null;
  return (
    <section class="draft-offers" aria-label={t("offers_title")}>
      {list.map(({ draft, savedAt, host, maySent }) => (
        <div key={draft} class="draft-offer" data-offer={draft}>
          <span class="chip-icon">
            <Icon name="file-lock" />
          </span>
          <span class="offer-words">
            <Text words={words(maySent ? "offer_may_sent" : "offer_line", { time: formatTime(savedAt), host })} />
          </span>
          <button
            type="button"
            onClick={() => {
              openKept(draft);
            }}
          >
            {t("offer_open")}
          </button>
          <Act
            label="offer_discard"
            act={() => {
              discardKept(draft);
            }}
          />
        </div>
      ))}
    </section>
  );
}

function OpenFailure(): JSX.Element | null {
  const failure = openFailure.value;
  if (failure === null) return null;
  const isLocked = failure.reason === "locked";
  return (
    <StateBanner
      notice={notice(
        isLocked ? "draft_locked" : "draft_lost",
        isLocked ? "lock-keyhole" : "file-x",
        isLocked ? "neutral" : "caution",
      )}
    >
      {isLocked && (
        <Act
          label="action_unlock"
          act={() => {
            ask({ name: "unlock" });
          }}
        />
      )}
    </StateBanner>
  );
}

function AnswerNotice(): JSX.Element | null {
  const { state } = answered.value;
  if (state === "locked") {
    return (
      <StateBanner notice={notice("answer_locked", "lock-keyhole", "neutral")}>
        <Act
          label="action_unlock"
          act={() => {
            ask({ name: "unlock" });
          }}
        />
      </StateBanner>
    );
  }
  return state === "closed" ? <StateBanner notice={notice("answer_closed", "file-x", "neutral")} /> : null;
}

function TakeFailure(): JSX.Element | null {
  const failure = takeFailure.value;
  if (failure === null) return null;
  return (
    <StateBanner notice={notice("take_failed", "triangle-alert", "caution", { text: failure.text })}>
      <Act label="error_try_again" act={turnOn} />
    </StateBanner>
  );
}

function LostPictures(): JSX.Element | null {
  const n = lostPictures.value;
  if (n === 0) return null;
  return (
    <p class="remark" role="status" data-lost-pictures={n}>
      <Text words={words("taken_pictures", { n })} />
    </p>
  );
}

function SentBefore(): JSX.Element | null {
  if (wasSent.value === "yes") return <StateBanner notice={notice("draft_sent", "circle-check", "caution")} />;
  return wasSent.value === "not-known" ? (
    <StateBanner notice={notice("draft_may_sent", "circle-question-mark", "caution")} />
  ) : null;
}

/** What stands over the form until the person has dealt with it. */
export function FormNotices(): JSX.Element {
  return (
    <>
      <TakeFailure />
      <OpenFailure />
      <AnswerNotice />
      <SentBefore />
      <LostPictures />
    </>
  );
}

/** One line: what became of the draft (T19, T20), or of the copies that the server had (T14, T15, H46). */
export function KeepingLine(): JSX.Element | null {
  const now = keeping.value;
  switch (now.state) {
    case "kept":
    case "saved":
      return (
        <span class="keeping" data-draft={now.state}>
          <Icon name="file-lock" />
          <span>
            <Text words={words(`draft_${now.state}`, { time: formatClock(now.at) })} />
          </span>
        </span>
      );
    case "not-kept":
    case "not-saved":
      return (
        <span class="keeping tone-caution" data-draft={now.state}>
          <Icon name="file-warning" />
          {t(now.state === "not-kept" ? "draft_not_kept" : "draft_not_saved")}
          <Act label="error_try_again" act={keepNow} />
        </span>
      );
    default:
      return serverCopy.value === null ? null : (
        <span class={`keeping ${serverCopy.value === "remains" ? "tone-caution" : ""}`} data-copy={serverCopy.value}>
          <Icon name={serverCopy.value === "remains" ? "file-warning" : "lock"} />
          {t(`taken_${serverCopy.value}`)}
        </span>
      );
  }
}
