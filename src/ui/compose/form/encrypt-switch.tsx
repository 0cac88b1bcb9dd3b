import type { JSX } from "preact";
import { Icon } from "../../components/icon.tsx";
import { Switch } from "../../components/switch.tsx";
import { t, Text } from "../../i18n.tsx";
import { words, type Words } from "../../words.ts";
import { isBusy, settings } from "../compose-state.ts";
import { encryption, turnOff, turnOn } from "./encryption.ts";
import { readiness } from "./recipients.ts";

/** Encrypt: on moves the whole form here; off asks in a window, with the consequence named. */
export function EncryptSwitch(): JSX.Element {
  const now = encryption.value;
  return (
    <Switch
      label={
        <>
          <Icon name="lock" /> {t("compose_encrypt")}
        </>
      }
      isOn={now !== "off"}
      isReadOnly={isBusy.value || now === "taking" || settings.value?.encrypt === "policy"}
      onChange={(isOn) => {
        if (isOn) turnOn();
        else turnOff();
      }}
    />
  );
}

/** What stands beside the switches (`ux.md`, table 2A). */
function stateWords(): Words | null {
  const { all, ready } = readiness.value;
  switch (encryption.value) {
    case "off":
      return null;
    case "taking":
      return words("compose_t13");
    case "asking":
      return words("compose_asking");
    case "on":
      if (all === 0) {
        const why = settings.value?.encrypt ?? null;
        if (why === "policy") return words("compose_t12");
        if (why === "answer") return words("compose_t11");
        return words("compose_t14");
      }
      return ready === all ? words("compose_t9", { n: all }) : words("compose_t10", { ready, all });
  }
}

export function EncryptState(): JSX.Element | null {
  const said = stateWords();
  if (said === null) return null;
  const { all, ready, isLookingUp } = readiness.value;
  const isOpen = all > ready && !isLookingUp;
  return (
    <span class={isOpen ? "encrypt-state tone-caution" : "encrypt-state"}>
      <Text words={said} />
    </span>
  );
}
