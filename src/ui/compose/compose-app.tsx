import { useEffect, useRef } from "preact/hooks";
import type { JSX } from "preact";
import { Icon } from "../components/icon.tsx";
import { MarkView } from "../components/mark-view.tsx";
import { LiveRegions } from "../components/live-regions.tsx";
import { Switch } from "../components/switch.tsx";
import { t } from "../i18n.tsx";
import {
  choice,
  inSight,
  isBusy,
  isCalled,
  isEncryptOn,
  isSignOn,
  mark,
  pageDraft,
  send,
  sendState,
  setSign,
  settings,
} from "./compose-state.ts";
import { DraftPreview } from "./draft-preview.tsx";
import { EncryptSwitch, EncryptState } from "./form/encrypt-switch.tsx";
import { encryption } from "./form/encryption.ts";
import { DraftOffers, FormNotices, KeyboardNotice } from "./form/form-notices.tsx";
import { SecureForm } from "./form/secure-form.tsx";
import { SendLine } from "./form/send-line.tsx";
import { SendButton } from "./send-button.tsx";
import { SendNotice } from "./send-notice.tsx";
import { Signer } from "./signer.tsx";

function Called(): JSX.Element {
  const place = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    place.current?.focus();
  }, []);
  return (
    <p ref={place} tabIndex={-1} class="called">
      {t("compose_called")}
    </p>
  );
}

function SignedParts(): JSX.Element {
  const shown = inSight.value;
  const state = sendState.value;
  return (
    <>
      {state && <SendNotice state={state} />}
      {isCalled.value && state === null && <Called />}
      {shown && <DraftPreview shown={shown} />}
      {pageDraft.value === "unreadable" && <p class="called">{t("send_h59_sentence")}</p>}
    </>
  );
}

function Toolbar(): JSX.Element {
  const now = settings.value;
  const isOn = isSignOn.value;
  const isForm = isEncryptOn.value;
  return (
    <div class="toolbar">
      <Switch
        label={
          <>
            <Icon name="badge-check" /> {t("compose_sign")}
          </>
        }
        isOn={isOn}
        isReadOnly={now?.isFixed === true || isBusy.value}
        onChange={setSign}
      />
      <EncryptSwitch />
      <EncryptState />
      {isOn && <Signer />}
      {now?.isFixed === true && <span class="remark">{t("compose_t4")}</span>}
      {isOn && !isForm && choice.value && <SendButton label="compose_send_signed" onSend={send} />}
      {mark.value && <MarkView mark={mark.value} />}
    </div>
  );
}

/** A draft: the switches, who signs, and our Send; with Encrypt on, the whole form. */
export function ComposeApp(): JSX.Element | null {
  if (settings.value === null) return null;
  const isForm = isEncryptOn.value;
  // Not before the page's form has been emptied: nothing is typed into a form that is filled a moment later.
  const isOpen = isForm && encryption.value !== "taking";
  return (
    <main class="compose" data-sign={isSignOn.value ? "on" : "off"} data-encrypt={isForm ? "on" : "off"}>
      <h1 class="visually-hidden">{t("frame_title_compose")}</h1>
      <Toolbar />
      {isOpen && <KeyboardNotice />}
      <DraftOffers />
      {!isOpen && <FormNotices />}
      {isOpen && <SecureForm />}
      {isOpen && <SendLine />}
      {isSignOn.value && !isForm && <SignedParts />}
      <LiveRegions />
    </main>
  );
}
