import type { SettingsView } from "../../messages/page-answers.ts";
import { readPolicy, type Policy } from "../../settings/policy.ts";
import { isValue, resolveSettings, type GivenValues } from "../../settings/resolve.ts";
import { isSettingName, SETTING_NAMES } from "../../settings/schema.ts";
import { SettingRow } from "../../storage/names.ts";
import type { PageContext } from "../page-context.ts";
import { Refusal } from "../refusal.ts";

type SettingsContext = Pick<PageContext, "settings" | "managed">;

const isGiven = (value: unknown): value is GivenValues => typeof value === "object" && value !== null;

/** The policy that is obeyed; a good one is kept for the day on which the browser gives none. */
async function currentPolicy({ settings, managed }: SettingsContext): Promise<Policy> {
  const stored = (await settings.get(SettingRow.policy))?.value;
  const lastGood = isGiven(stored) ? stored : {};
  const policy = readPolicy((await managed()) ?? lastGood, lastGood);
  if (policy.status === "in-force" && JSON.stringify(policy.values) !== JSON.stringify(lastGood)) {
    await settings.put({ name: SettingRow.policy, value: { ...policy.values } });
  }
  return policy;
}

/** Every setting as it holds now, and who has decided it. */
export async function currentSettings(context: SettingsContext): Promise<SettingsView> {
  const policy = await currentPolicy(context);
  const rows = new Map((await context.settings.list()).map(({ name, value }) => [name, value]));
  const user = SETTING_NAMES.map((name) => [name, rows.get(SettingRow.setting(name))] as const);
  const settings = resolveSettings(policy.values, Object.fromEntries(user));
  return { settings, policy: policy.status, problems: policy.problems };
}

/** @throws {Refusal} `setting.managed` where the organisation has fixed it, `setting.not-allowed` */
export async function setSetting(context: SettingsContext, name: string, value: unknown): Promise<SettingsView> {
  if (!isSettingName(name) || !isValue(name, value)) throw new Refusal("setting.not-allowed");
  if ((await currentSettings(context)).settings[name].origin === "managed") throw new Refusal("setting.managed");
  await context.settings.put({ name: SettingRow.setting(name), value });
  return currentSettings(context);
}

/** A person has confirmed that the organisation's policy is gone; one that is in force stays. */
export async function acceptPolicyRemoval(context: SettingsContext): Promise<SettingsView> {
  if ((await currentPolicy(context)).status === "emptied") await context.settings.remove(SettingRow.policy);
  return currentSettings(context);
}
