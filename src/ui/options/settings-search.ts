import { SETTING_NAMES, SETTINGS, type SettingGroup, type SettingName } from "../../settings/schema.ts";

/** What is searched in: the words of a setting as they stand on the page, and its names. */
export type WordsOf = (key: string) => string;

function haystack(name: SettingName, wordsOf: WordsOf): string {
  const { words, exchange } = SETTINGS[name];
  return [wordsOf(`${words}_name`), wordsOf(words), name, exchange ?? ""].join(" ").toLocaleLowerCase();
}

/** The settings of a group, or all, in which every word of the search stands. */
export function findSettings(query: string, group: SettingGroup, wordsOf: WordsOf): readonly SettingName[] {
  const wanted = query
    .toLocaleLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  return SETTING_NAMES.filter((name) => {
    if (SETTINGS[name].group !== group) return false;
    const text = haystack(name, wordsOf);
    return wanted.every((word) => text.includes(word));
  });
}
