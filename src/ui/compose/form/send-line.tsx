import { useState } from "preact/hooks";
import type { JSX } from "preact";
import { Icon } from "../../components/icon.tsx";
import { t, Text } from "../../i18n.tsx";
import { words, type Words } from "../../words.ts";
import { ask, isBusy, isSignOn, sendState } from "../compose-state.ts";
import { SendButton } from "../send-button.tsx";
import { SendNotice } from "../send-notice.tsx";
import { draftId } from "./fields.ts";
import { KeepingLine } from "./form-notices.tsx";
import { HoldNotice } from "./hold-notice.tsx";
import { saveToWebmail, stopKeeping } from "./keeping.ts";
import { readiness, recipients } from "./recipients.ts";
import { send } from "./sending.ts";

/** In words, what Send will do: the most useful sentence of the view (`ux.md` 2). */
function willHappen(): Words {
  const copies = recipients.value.filter(({ field }) => field === "bcc").length;
  const { all } = readiness.value;
  if (all === 0) return words("send_will_nobody");
  const kind = isSignOn.value ? "signed" : "unsigned";
  return copies === 0 ? words(`send_will_${kind}`, { n: all }) : words(`send_will_${kind}_bcc`, { n: all, copies });
}

function Discard(): JSX.Element {
  const [isAsked, setAsked] = useState(false);
  if (!isAsked) {
    return (
      <button
        type="button"
        class="icon-button"
        aria-label={t("draft_discard")}
        title={t("draft_discard")}
        onClick={() => {
          setAsked(true);
        }}
      >
        <Icon name="trash-2" />
      </button>
    );
  }
  return (
    <span class="row" role="group" aria-label={t("draft_discard_title")}>
      <span>{t("draft_discard_title")}</span>
      <button
        type="button"
        ref={(button) => button?.focus()}
        onClick={() => {
          setAsked(false);
        }}
      >
        {t("draft_discard_not")}
      </button>
      <button
        type="button"
        class="quiet is-danger"
        onClick={() => {
          stopKeeping();
          ask({ name: "discardForm", draft: draftId.value });
        }}
      >
        {t("draft_discard_do")}
      </button>
    </span>
  );
}

/** The foot of the form: why Send is held, what became of it, and Send. */
export function SendLine(): JSX.Element {
  const state = sendState.value;
  return (
    <div class="send-foot">
      <HoldNotice />
      {state && <SendNotice state={state} />}
      <div class="send-line">
        <span class="will-happen">
          <Text words={willHappen()} />
        </span>
        <KeepingLine />
        {!isBusy.value && (
          <span class="row send-acts">
            <Discard />
            <button type="button" class="quiet" onClick={saveToWebmail}>
              {t("draft_save")}
            </button>
            <SendButton
              label={isSignOn.value ? "compose_send_both" : "compose_send_encrypted"}
              onSend={() => {
                send(draftId.value);
              }}
            />
          </span>
        )}
      </div>
    </div>
  );
}
