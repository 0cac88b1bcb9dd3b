import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { Alarm, DATABASE, SessionKey, SessionPrefix, SettingRow, Store, VaultRow } from "./names.ts";

const root = join(import.meta.dirname, "..");
const sources = readdirSync(root, { withFileTypes: true, recursive: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.(test|contract)\.tsx?$/.test(entry.name))
  .map((entry) => relative(root, join(entry.parentPath, entry.name)))
  .filter((path) => !/^(testing|cli|engine)\//.test(path) && path !== "storage/names.ts")
  .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));

const having = (pattern: RegExp, except: readonly string[] = []): string[] =>
  sources.filter(({ path, text }) => !except.includes(path) && pattern.test(text)).map(({ path }) => path);

describe("names of what is stored", () => {
  it("are given in names.ts alone: no store, session key or alarm is named by a text elsewhere", () => {
    const call =
      /\.(objectStore|createObjectStore|deleteObjectStore|transaction|getAll|getKey|openCursor)\(\s*\[?\s*["'`]/;
    expect(having(call)).toEqual([]);
    expect(having(/\bsession\.(get|set|remove)\(\s*(["'`[]|\{\s*["'`\w]+:)/)).toEqual([]);
    expect(having(/\bconst \w*(KEY|KEYS|STORE|ALARM)\s*=\s*["'`]/)).toEqual([]);
    expect(having(/\balarms\.(create|clear|get)\(\s*["'`]/)).toEqual([]);
  });

  it("are all different where they stand beside each other", () => {
    for (const names of [Store, { ...SessionKey, ...SessionPrefix }, VaultRow, Alarm]) {
      expect(new Set(Object.values(names)).size).toBe(Object.keys(names).length);
    }
    const settings = [SettingRow.mark, SettingRow.policy, SettingRow.setting("x")];
    expect(new Set(settings).size).toBe(settings.length);
    expect(DATABASE).toBe("signet");
  });

  it("lie in IndexedDB, storage.session and storage.managed, and nowhere else", () => {
    const others =
      /storage\s*\.\s*(local|sync)\b|\b(localStorage|sessionStorage|cookieStore)\b|document\.cookie\s*=[^=]/;
    // Roundcube keeps copies of its own forms there, which are taken away.
    const ofThePage = "webmail/roundcube/held-saving.ts";
    expect(having(others, [ofThePage])).toEqual([]);
    expect(readFileSync(new URL(`../${ofThePage}`, import.meta.url), "utf8")).not.toMatch(/setItem/);
    expect(having(/\bcaches\.(open|match)|\bgetDirectory\(/)).toEqual([]);
    expect(having(/\bindexedDB\.|\bopenDB\b/, ["storage/database.ts"])).toEqual([]);
  });
});
