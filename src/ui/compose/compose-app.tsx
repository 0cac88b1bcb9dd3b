import { useEffect, useRef, useState } from "preact/hooks";
import type { JSX } from "preact";
import { ForeignText } from "../components/foreign-text.tsx";
import { Icon } from "../components/icon.tsx";
import { MarkView } from "../components/mark-view.tsx";
import { LiveRegions } from "../components/live-regions.tsx";
import { Switch } from "../components/switch.tsx";
import { formatDate, t } from "../i18n.tsx";
import {
  ask,
  choice,
  choose,
  inSight,
  isBusy,
  isCalled,
  isSignOn,
  mark,
  pageDraft,
  send,
  sendState,
  setSign,
  settings,
} from "./compose-state.ts";
import { DraftPreview } from "./draft-preview.tsx";
import { SendNotice } from "./send-notice.tsx";
import { watchSight, type Sight } from "./sight.ts";

/** One certificate is said, several are to choose from. */
function Signer(): JSX.Element {
  const signer = choice.value;
  const usable = settings.value?.choices.filter(({ isUsable }) => isUsable) ?? [];
  if (signer === null) {
    return (
      <span class="signer">
        {t("compose_t5")}{" "}
        <button
          type="button"
          class="quiet"
          onClick={() => {
            ask({ name: "showPage", page: "identities" });
          }}
        >
          {t("compose_add_certificate")}
        </button>
      </span>
    );
  }
  if (!signer.isUsable) return <span class="signer">{t("compose_t6", { date: signer.notAfter })}</span>;
  if (usable.length < 2) {
    return (
      <span class="signer">
        {t("compose_signed_as")} <ForeignText text={signer.emails.join(", ")} />
      </span>
    );
  }
  return (
    <label class="signer">
      {t("compose_signed_as")}{" "}
      <select
        value={signer.fingerprint}
        disabled={isBusy.value}
        onChange={(event) => {
          choose(event.currentTarget.value);
        }}
      >
        {usable.map(({ fingerprint, emails, issuer, notAfter }) => (
          <option key={fingerprint} value={fingerprint}>
            {t("compose_choice", { address: emails.join(", "), issuer, date: formatDate(notAfter) })}
          </option>
        ))}
      </select>
    </label>
  );
}

function SendButton(): JSX.Element {
  const button = useRef<HTMLButtonElement>(null);
  const sight = useRef<() => Sight>(() => "covered");
  const [isSeen, setSeen] = useState(false);
  useEffect(() => {
    if (button.current) sight.current = watchSight(button.current, setSeen);
  }, []);
  const press = (event: MouseEvent): void => {
    // A script of the page reaches neither this frame nor this button; what it can do is to cover it.
    if (!event.isTrusted || isBusy.value) return;
    const now = sight.current();
    if (now === "seen") send();
    else if (now === "covered") sendState.value = { status: "held", reason: "covered", text: "" };
  };
  return (
    <button
      ref={button}
      type="button"
      class="primary"
      aria-disabled={isBusy.value}
      onClick={press}
      data-act="send"
      data-seen={isSeen}
    >
      {t("compose_send_signed")}
    </button>
  );
}

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

/** The toolbar of a draft: the switch, who signs, what is signed, and our Send. */
export function ComposeApp(): JSX.Element | null {
  const now = settings.value;
  if (now === null) return null;
  const isOn = isSignOn.value;
  return (
    <main class="compose" data-sign={isOn ? "on" : "off"}>
      <h1 class="visually-hidden">{t("frame_title_compose")}</h1>
      <div class="toolbar">
        <Switch
          label={
            <>
              <Icon name="badge-check" /> {t("compose_sign")}
            </>
          }
          isOn={isOn}
          isReadOnly={now.isFixed || isBusy.value}
          onChange={setSign}
        />
        {isOn && <Signer />}
        {now.isFixed && <span class="remark">{t("compose_t4")}</span>}
        {isOn && choice.value && <SendButton />}
        {mark.value && <MarkView mark={mark.value} />}
      </div>
      {isOn && <SignedParts />}
      <LiveRegions />
    </main>
  );
}
