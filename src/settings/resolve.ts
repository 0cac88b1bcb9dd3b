import { is } from "valibot";
import { SETTING_NAMES, SETTINGS, type SettingName, type SettingValues } from "./schema.ts";

/** Who decided a value: the organisation, which fixes it, the user, or nobody. */
export type Origin = "managed" | "user" | "default";

export type ResolvedSettings = {
  readonly [Name in SettingName]: { readonly value: SettingValues[Name]; readonly origin: Origin };
};

/** Values by setting, as they were stored or fixed; anything may stand there. */
export type GivenValues = Readonly<Record<string, unknown>>;

/** Whether a setting may have this value. */
export const isValue = (name: SettingName, value: unknown): boolean => is(SETTINGS[name].schema, value);

const given = (values: GivenValues, name: SettingName): unknown =>
  Object.hasOwn(values, name) ? values[name] : undefined;

/** The organisation's value before the user's before the default. One that is not allowed counts as not given. */
export function resolveSettings(managed: GivenValues, user: GivenValues): ResolvedSettings {
  const resolved = Object.create(null) as Record<SettingName, { value: unknown; origin: Origin }>;
  for (const name of SETTING_NAMES) {
    const [fixed, chosen] = [given(managed, name), given(user, name)];
    if (isValue(name, fixed)) resolved[name] = { value: fixed, origin: "managed" };
    else if (isValue(name, chosen)) resolved[name] = { value: chosen, origin: "user" };
    else resolved[name] = { value: SETTINGS[name].default, origin: "default" };
  }
  return Object.freeze(resolved) as ResolvedSettings;
}
