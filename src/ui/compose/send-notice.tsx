import { useEffect, useRef } from "preact/hooks";
import type { JSX } from "preact";
import type { SendState } from "../../messages/frame-requests.ts";
import { t } from "../i18n.tsx";
import { StateBanner, type Notice } from "../message/state-banner.tsx";
import { words, type Words } from "../words.ts";
import { ask, choice, resume, settle } from "./compose-state.ts";

function notice(id: string, icon: Notice["icon"], tone: Notice["tone"], params: Words["params"] = {}): Notice {
  return { id, tone, icon, headline: words(`${id}_headline`, params), sentence: words(`${id}_sentence`, params) };
}

type Held = Extract<SendState, { status: "held" }>["reason"];

/** By the ids of the design (`ux.md` 2C), as keys of the texts. */
const HELD: Readonly<Record<Held, string>> = {
  "no-recipient": "send_h17",
  "not-an-address": "send_h16",
  "no-certificate": "send_h20",
  "certificate-unusable": "send_h21",
  "other-address": "send_h25",
  attachments: "send_h44",
  rate: "send_h55",
  throttled: "send_h55",
  "self-check": "send_h47",
  "too-large": "send_h41",
  "signed-out": "send_h52",
  unreachable: "send_h53",
  refused: "send_h54",
  "not-found": "send_h54",
  "page-unknown": "send_h59",
  covered: "send_h60",
  failed: "send_h64",
};

function Action({ label, act }: { readonly label: string; readonly act: () => void }): JSX.Element {
  return (
    <button type="button" class="quiet" onClick={act}>
      {t(label)}
    </button>
  );
}

const done = (): void => {
  ask({ name: "finish" });
};

function Content({ state }: { readonly state: SendState }): JSX.Element {
  switch (state.status) {
    case "working":
      return <p class="working">{t(`send_step_${state.step}`)}</p>;
    case "needs-unlock":
      return (
        <StateBanner
          notice={notice("send_h28", "lock-keyhole", "neutral", { address: choice.value?.emails[0] ?? "?" })}
        >
          <Action
            label="action_unlock"
            act={() => {
              ask({ name: "unlock" });
            }}
          />
          <Action label="send_keep_writing" act={resume} />
        </StateBanner>
      );
    case "unknown":
      return (
        <StateBanner notice={notice("send_h56", "triangle-alert", "caution")}>
          <Action label="send_look" act={settle} />
        </StateBanner>
      );
    case "held":
      return (
        <StateBanner
          notice={notice(HELD[state.reason], "triangle-alert", "caution", {
            text: state.text,
            from: choice.value?.emails[0] ?? "?",
          })}
        >
          <Action label="send_keep_writing" act={resume} />
        </StateBanner>
      );
    case "sent":
      if (state.copy === "same") return <p class="working">{t("send_sent")}</p>;
      return (
        <StateBanner
          notice={
            state.copy === "different"
              ? notice("send_copy_different", "triangle-alert", "caution")
              : notice("send_copy_missing", "mail", "neutral")
          }
        >
          <Action label="send_done" act={done} />
        </StateBanner>
      );
  }
}

/** What became of Send. Where it is held, the focus comes here, and the text stays (`ux.md` 2C). */
export function SendNotice({ state }: { readonly state: SendState }): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (state.status !== "working") place.current?.focus();
  }, [state]);
  return (
    <div ref={place} tabIndex={-1} class="send-notice" data-send={state.status}>
      <Content state={state} />
    </div>
  );
}
