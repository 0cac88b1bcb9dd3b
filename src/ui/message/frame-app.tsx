import { useEffect, useId, useState } from "preact/hooks";
import type { JSX } from "preact";
import type { MessageView } from "../../messages/answers.ts";
import { LiveRegions } from "../components/live-regions.tsx";
import { t, text } from "../i18n.tsx";
import type { BannerAction } from "./banner-panel.tsx";
import { BannerView } from "./banner-view.tsx";
import { bannerOf } from "./banner.ts";
import { requestOf } from "./frame-acts.ts";
import { checking, CLOSED, failureNotice, opening, sourceNotice } from "./frame-notices.ts";
import {
  ask,
  askPassword,
  cancelOpening,
  contact,
  isLocked,
  mark,
  open,
  readers,
  state,
  unlock,
  type FrameState,
} from "./frame-state.ts";
import { HeaderLine } from "./header-line.tsx";
import { isEncryption } from "./signature-finding.ts";
import { StateBanner } from "./state-banner.tsx";
import { Viewer } from "./viewer.tsx";

/** Shorter work shows nothing; longer says that it goes on. Milliseconds. */
const QUIET_MS = 400;

const isEncrypted = ({ layers }: MessageView): boolean => layers.some(isEncryption);

/** Neither signed nor encrypted nor holding anything that is, by somebody without habits: nothing is to be said of it. */
export const isPlain = ({ layers, nested, known }: MessageView): boolean =>
  layers.length === 0 && nested.length === 0 && known.signedBefore === 0;

/** There is something to see of it that the page around cannot show in the same way. */
const holdsProtected = ({ layers, nested }: MessageView): boolean => layers.length > 0 || nested.length > 0;

/** Whether decrypted content is on the screen: then the frame's height tells nothing. */
export const showsDecrypted = (now: FrameState): boolean =>
  now.kind === "opened" && isEncrypted(now.view) && now.view.verdict.encryption !== "cannot-decrypt";

function act(action: BannerAction, view: MessageView): void {
  if (action === "compare") {
    if (contact.value) ask({ name: "compare", address: contact.value.address });
  } else if (action === "check-again") open(true);
  else if (action === "type-password") askPassword(view);
  else ask(requestOf(action, view));
}

function Again({ label }: { readonly label: string }): JSX.Element {
  return (
    <button
      type="button"
      class="quiet"
      onClick={() => {
        open(true);
      }}
    >
      {t(label)}
    </button>
  );
}

type Progress = Extract<FrameState, { kind: "working" }>["opening"];

function Working({ progress }: { readonly progress: Progress }): JSX.Element | null {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      setLong(true);
    }, QUIET_MS);
    return () => {
      clearTimeout(timer);
    };
  }, []);
  if (!isLong) return null;
  if (progress === undefined) return <StateBanner notice={checking} />;
  return (
    <StateBanner notice={opening(progress)}>
      <button type="button" class="quiet" onClick={cancelOpening}>
        {t("identity_cancel")}
      </button>
    </StateBanner>
  );
}

type Opened = Extract<FrameState, { kind: "opened" }>;

function OpenedMessage({ opened: { view, contents } }: { readonly opened: Opened }): JSX.Element | null {
  const headingId = useId();
  const [isShown, setShown] = useState(false);
  const banner = bannerOf(view, readers.value, contact.value);
  const isDecrypted = isEncrypted(view);
  const isClosed = view.verdict.encryption === "cannot-decrypt";
  useEffect(() => {
    const title = isPlain(view) ? t("toolbar_unsigned") : text(banner.headline);
    ask({ name: "showVerdict", title: title.slice(0, 300), tone: banner.tone });
  }, [view]);
  if (isPlain(view)) return null;
  return (
    <>
      <BannerView
        banner={banner}
        view={view}
        contents={contents}
        headingId={headingId}
        onAction={(action) => {
          act(action, view);
        }}
        onSaveOriginal={null}
        mark={mark.value}
      />
      <HeaderLine view={view} />
      {!isDecrypted && holdsProtected(view) && (
        <div class="viewer-bar">
          <button
            type="button"
            class="quiet"
            aria-expanded={isShown}
            onClick={() => {
              setShown(!isShown);
            }}
          >
            {t(view.layers.length > 0 ? "viewer_show_signed" : "viewer_show")}
          </button>
        </div>
      )}
      {!isClosed && (isDecrypted || isShown) && <Viewer view={view} contents={contents} />}
    </>
  );
}

function Content(): JSX.Element | null {
  const now = state.value;
  switch (now.kind) {
    case "empty":
      return null;
    case "working":
      return <Working progress={now.opening} />;
    case "closed":
      return (
        <StateBanner notice={CLOSED[now.reason]} mark={mark.value}>
          {isLocked(now) ? (
            <button type="button" class="quiet" onClick={unlock}>
              {t("action_unlock")}
            </button>
          ) : (
            <Again label="action_open" />
          )}
        </StateBanner>
      );
    case "source-failed":
      return (
        <StateBanner notice={sourceNotice(now.reason)} mark={mark.value}>
          <Again label="error_try_again" />
        </StateBanner>
      );
    case "failed":
      return (
        <StateBanner notice={failureNotice(now.failure)} mark={mark.value}>
          <Again label="error_try_again" />
        </StateBanner>
      );
    case "opened":
      return <OpenedMessage opened={now} />;
  }
}

/** The frame beside a message in a webmail's page: what it is found to be, and what was decrypted. */
export function FrameApp(): JSX.Element {
  return (
    <main class="frame" data-state={state.value.kind} data-height={showsDecrypted(state.value) ? "fixed" : "own"}>
      <Content />
      <LiveRegions />
    </main>
  );
}
