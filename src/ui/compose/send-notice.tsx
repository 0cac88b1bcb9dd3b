import { useEffect, useRef } from "preact/hooks";
import type { JSX } from "preact";
import type { SendState } from "../../messages/frame-requests.ts";
import { Icon } from "../components/icon.tsx";
import { formatSize, t } from "../i18n.tsx";
import { StateBanner, type Notice } from "../message/state-banner.tsx";
import { ask, choice, isComplete, isEncryptOn, isSignOn, pageDraft, resume, settle } from "./compose-state.ts";
import { sizeLimit } from "./form/message-size.ts";
import { isStopping, resume as resumeForm, sendRest, stop } from "./form/sending.ts";
import { HELD, noticeOf, tooLargeNotice } from "./send-words.ts";

type At<Status extends SendState["status"]> = Extract<SendState, { status: Status }>;

function Action({ label, act }: { readonly label: string; readonly act: () => void }): JSX.Element {
  return (
    <button type="button" class="quiet" onClick={act}>
      {t(label)}
    </button>
  );
}

function Renew({ certificate }: { readonly certificate: string }): JSX.Element {
  return (
    <Action
      label="action_renew"
      act={() => {
        ask({ name: "renew", certificate });
      }}
    />
  );
}

const done = (): void => {
  ask({ name: "finish" });
};

const goOn = (): void => {
  if (isEncryptOn.value) resumeForm();
  else resume();
};

/** From here on it takes a while, and the size says why. Bytes. */
const LARGE = 1_000_000;

const stepOf = (state: At<"working">): string =>
  state.step === "sending" && state.size >= LARGE
    ? t("send_step_handing", { size: formatSize(state.size) })
    : t(`send_step_${state.step}`);

/** The step that it is at. Stop is there until the webmail has sent it. */
function Working({ state }: { readonly state: At<"working"> }): JSX.Element {
  const isToBeStopped = isEncryptOn.value && state.step !== "checking";
  return (
    <div class="working">
      <span>
        <Icon name="circle-dashed" /> {isToBeStopped && isStopping.value ? t("send_stopping") : stepOf(state)}
      </span>
      {isToBeStopped && !isStopping.value && <Action label="send_stop" act={stop} />}
    </div>
  );
}

/** What the server takes, as far as the page says it; `null` too where less than that is refused all the same. */
function limitBelow(size: number): number | null {
  const page = pageDraft.value;
  const ofPage = page === null || page === "unreadable" ? null : page.sizeLimit;
  const limit = isEncryptOn.value ? sizeLimit.value : ofPage;
  return limit !== null && limit < size ? limit : null;
}

function heldNotice({ reason, text, size }: At<"held">, from: string): Notice {
  if (reason === "too-large" && size !== undefined) return tooLargeNotice(size, limitBelow(size), text);
  return noticeOf(HELD[reason], { text, from });
}

function Sent({ state }: { readonly state: At<"sent"> }): JSX.Element {
  const { unsentBcc, text, copy } = state;
  if (unsentBcc.length > 0) {
    const params = { n: unsentBcc.length, list: unsentBcc.join(", "), text };
    return (
      <StateBanner notice={noticeOf({ id: "send_h58", icon: "mail-warning", tone: "caution" }, params)}>
        <Action
          label="send_rest"
          act={() => {
            sendRest(unsentBcc);
          }}
        />
        <Action label="send_done" act={done} />
      </StateBanner>
    );
  }
  if (isComplete(state)) {
    const kind = !isEncryptOn.value ? "send_sent" : isSignOn.value ? "send_sent_both" : "send_sent_encrypted";
    return (
      <p class="working tone-positive">
        <Icon name="circle-check" /> {t(kind)}
      </p>
    );
  }
  return (
    <StateBanner
      notice={
        copy === "different"
          ? noticeOf({ id: "send_copy_different", icon: "triangle-alert", tone: "caution" })
          : noticeOf({ id: "send_copy_missing", icon: "mail", tone: "neutral" })
      }
    >
      <Action label="send_done" act={done} />
    </StateBanner>
  );
}

function Content({ state }: { readonly state: SendState }): JSX.Element | null {
  const address = choice.value?.emails[0] ?? "?";
  switch (state.status) {
    case "working":
      return <Working state={state} />;
    case "needs-unlock":
      return (
        <StateBanner notice={noticeOf({ id: "send_h28", icon: "lock-keyhole", tone: "neutral" }, { address })}>
          <Action
            label="action_unlock"
            act={() => {
              ask({ name: "unlock" });
            }}
          />
          <Action label="send_keep_writing" act={goOn} />
        </StateBanner>
      );
    case "unknown":
      return (
        <StateBanner notice={noticeOf({ id: "send_h56", icon: "circle-question-mark", tone: "caution" })}>
          <Action label="send_look" act={settle} />
        </StateBanner>
      );
    case "held":
      return (
        <StateBanner notice={heldNotice(state, address)}>
          {state.reason === "certificate-unusable" && choice.value && <Renew certificate={choice.value.fingerprint} />}
          <Action label="send_keep_writing" act={goOn} />
        </StateBanner>
      );
    case "sent":
      return <Sent state={state} />;
    // The form answers these itself (sending.ts).
    case "recipients":
    case "needs-files":
      return null;
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
