import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { managedSchema } from "./managed-schema.ts";
import { isValue } from "./resolve.ts";
import { isSettingName, SETTING_NAMES, SETTINGS } from "./schema.ts";

interface Message {
  readonly message?: string;
}

describe("settings", () => {
  it("have defaults that they allow", () => {
    expect(SETTING_NAMES.filter((name) => !isValue(name, SETTINGS[name].default))).toEqual([]);
  });

  it("do not know names that every object inherits (attack 53)", () => {
    expect(["constructor", "__proto__", "toString"].filter(isSettingName)).toEqual([]);
  });

  it("are in the schema that browsers check policies with (vitest -u writes it)", async () => {
    const file = "../../public/managed_schema.json";
    await expect(`${JSON.stringify(managedSchema(), null, 2)}\n`).toMatchFileSnapshot(file);
  });

  it("have a name and a sentence in every language", () => {
    for (const language of ["en", "de"]) {
      const path = new URL(`../../public/_locales/${language}/messages.json`, import.meta.url);
      const messages = JSON.parse(readFileSync(path, "utf8")) as Record<string, Message>;
      const missing = SETTING_NAMES.flatMap((name) => [SETTINGS[name].words, `${SETTINGS[name].words}_name`]).filter(
        (key) => (messages[key]?.message ?? "") === "",
      );
      expect(missing).toEqual([]);
    }
  });
});
