import { useEffect, useId, useState } from "preact/hooks";
import type { JSX } from "preact";
import type { MessageView } from "../../messages/answers.ts";
import { LiveRegions } from "../components/live-regions.tsx";
import { t, text } from "../i18n.tsx";
import { BannerView, type BannerAction } from "./banner-view.tsx";
import { bannerOf } from "./banner.ts";
import { checking, CLOSED, failureNotice, sourceNotice } from "./frame-notices.ts";
import { ask, contact, mark, open, readers, state, unlock, type FrameState } from "./frame-state.ts";
import { HeaderLine } from "./header-line.tsx";
import { isEncryption } from "./signature-finding.ts";
import { StateBanner } from "./state-banner.tsx";
import { Viewer } from "./viewer.tsx";

/** Shorter work shows nothing; longer says that it goes on. Milliseconds. */
const QUIET_MS = 400;

const isEncrypted = ({ layers }: MessageView): boolean => layers.some(isEncryption);

/** Neither signed nor encrypted nor holding anything that is: there is nothing to say of it. */
export const isPlain = ({ layers, nested }: MessageView): boolean => layers.length === 0 && nested.length === 0;

/** Whether decrypted content is on the screen: then the frame's height tells nothing. */
export const showsDecrypted = (now: FrameState): boolean =>
  now.kind === "opened" && isEncrypted(now.view) && now.view.verdict.encryption !== "cannot-decrypt";

function act(action: BannerAction): void {
  if (action === "compare") {
    if (contact.value) ask({ name: "compare", address: contact.value.address });
    return;
  }
  ask({ name: "showPage", page: action === "import-key" ? "identities" : "trust" });
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

function Working(): JSX.Element | null {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      setLong(true);
    }, QUIET_MS);
    return () => {
      clearTimeout(timer);
    };
  }, []);
  return isLong ? <StateBanner notice={checking} /> : null;
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
        headingId={headingId}
        onAction={act}
        onSaveOriginal={null}
        mark={mark.value}
      />
      <HeaderLine view={view} />
      {!isDecrypted && (
        <div class="viewer-bar">
          <button
            type="button"
            class="quiet"
            aria-expanded={isShown}
            onClick={() => {
              setShown(!isShown);
            }}
          >
            {t("viewer_show_signed")}
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
      return <Working />;
    case "closed":
      return (
        <StateBanner notice={CLOSED[now.reason]} mark={mark.value}>
          {now.reason === "locked" ? (
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
