import { isValue, type GivenValues } from "./resolve.ts";
import { isSettingName, type SettingName } from "./schema.ts";

/** What the organisation has fixed, as it is obeyed. */
export interface Policy {
  readonly values: GivenValues;
  /**
   * `"emptied"`: the browser gives no policy where there was one. Browsers empty the whole object for one wrong value, so
   * that the last good one is obeyed until a person confirms that it is gone.
   */
  readonly status: "none" | "in-force" | "emptied";
  /** Names whose value is not allowed; the last good value of each is obeyed. */
  readonly problems: readonly string[];
}

/**
 * Judges what `storage.managed` gives, each name by itself. Names that are not ours are a newer version's, or a mistake,
 * and are named as problems.
 *
 * @param lastGood the values of the policy that was obeyed last
 */
export function readPolicy(managed: GivenValues, lastGood: GivenValues): Policy {
  const names = Object.keys(managed);
  if (names.length === 0) {
    const isEmptied = Object.keys(lastGood).length > 0;
    return { values: isEmptied ? lastGood : {}, status: isEmptied ? "emptied" : "none", problems: [] };
  }
  const values = Object.create(null) as Record<SettingName, unknown>;
  const problems: string[] = [];
  for (const name of names) {
    if (isSettingName(name) && isValue(name, managed[name])) {
      values[name] = managed[name];
      continue;
    }
    problems.push(name);
    if (isSettingName(name) && Object.hasOwn(lastGood, name)) values[name] = lastGood[name];
  }
  return { values: Object.freeze(values), status: "in-force", problems };
}
