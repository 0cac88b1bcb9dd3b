import { useId, useState } from "preact/hooks";
import type { JSX } from "preact";
import type { Failure } from "../../messages/answers.ts";
import { SETTINGS, type SettingName } from "../../settings/schema.ts";
import { FailureNotice } from "../components/failure-notice.tsx";
import { Icon } from "../components/icon.tsx";
import { tell } from "../components/status-line.tsx";
import { Switch } from "../components/switch.tsx";
import { Text, t } from "../i18n.tsx";
import { ask } from "../background-client.ts";
import { settings } from "../stored.ts";
import { words, type Words } from "../words.ts";
import { hrefOf } from "./route.ts";

type Value = boolean | number | string;

/** Values to choose from, for settings that are neither on nor off; one that is set otherwise is added to them. */
const CHOICES: Partial<Record<SettingName, readonly Value[]>> = {
  StayUnlockedMinutes: [5, 15, 30, 60, 240, 480],
  SigningAlgorithms: ["800C", "800D", "800E"],
};
const DIGESTS: Readonly<Record<string, string>> = { "800C": "SHA-256", "800D": "SHA-384", "800E": "SHA-512" };

function valueWords(name: SettingName, value: Value): Words | string {
  if (name === "StayUnlockedMinutes" && typeof value === "number") {
    return value >= 60 && value % 60 === 0
      ? words("setting_hours", { n: value / 60 })
      : words("setting_minutes", { n: value });
  }
  return DIGESTS[String(value)] ?? String(value);
}

/** One setting: its name, one sentence, the name that administrators know, and a control that acts at once. */
export function SettingRow({ name }: { readonly name: SettingName }): JSX.Element | null {
  const id = useId();
  const [failure, setFailure] = useState<Failure | null>(null);
  const resolved = settings.value?.settings[name];
  if (resolved === undefined) return null;
  const { words: key, exchange } = SETTINGS[name];
  const { value, origin } = resolved;
  const isManaged = origin === "managed";
  const [nameId, helpId] = [`${id}-name`, `${id}-help`];
  const set = async (next: Value): Promise<boolean> => {
    const answer = await ask({ name: "setSetting", setting: name, value: next });
    setFailure(answer.ok ? null : answer.error);
    if (answer.ok) settings.value = answer.value;
    return answer.ok;
  };
  const change = async (next: Value): Promise<void> => {
    if (!(await set(next))) return;
    tell(words("setting_changed", { name: words(`${key}_name`) }), async () => {
      if (await set(value)) tell(words("setting_undone", { name: words(`${key}_name`) }));
    });
  };
  const choices = CHOICES[name] ?? [];
  const all = choices.includes(value) ? choices : [value, ...choices];
  return (
    <li class="setting" data-setting={name}>
      <div class="setting-words">
        {typeof value === "boolean" ? (
          <p class="setting-name">{t(`${key}_name`)}</p>
        ) : (
          <label class="setting-name" for={id} id={nameId}>
            {t(`${key}_name`)}
          </label>
        )}
        <p id={helpId} class="setting-help">
          {t(key)}
          {isManaged && (
            <span class="managed">
              <Icon name="building-2" />
              {t("setting_managed")} <a href={hrefOf("about")}>{t("setting_managed_link")}</a>
            </span>
          )}
        </p>
        <p class="remark exchange-name">{exchange ?? name}</p>
        {failure && <FailureNotice failure={failure} />}
      </div>
      {typeof value === "boolean" ? (
        <Switch
          label={t(`${key}_name`)}
          isLabelHidden
          isOn={value}
          isReadOnly={isManaged}
          describedBy={helpId}
          onChange={(next) => void change(next)}
        />
      ) : (
        <select
          id={id}
          aria-describedby={helpId}
          disabled={isManaged}
          value={String(value)}
          onChange={({ currentTarget }) => {
            const next = all.find((choice) => String(choice) === currentTarget.value);
            if (next !== undefined) void change(next);
          }}
        >
          {all.map((choice) => {
            const label = valueWords(name, choice);
            return (
              <option key={String(choice)} value={String(choice)}>
                {typeof label === "string" ? label : <Text words={label} />}
              </option>
            );
          })}
        </select>
      )}
    </li>
  );
}
