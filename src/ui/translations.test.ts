import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ROWS } from "./message/banner-rows.ts";

interface Message {
  readonly message: string;
  readonly description?: string;
}
type Messages = Readonly<Record<string, Message>>;

const read = (language: string): Messages =>
  JSON.parse(
    readFileSync(new URL(`../../public/_locales/${language}/messages.json`, import.meta.url), "utf8"),
  ) as Messages;
const english = read("en");
const german = read("de");

function sourceTexts(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.includes(".test."))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"));
}
const sources = [
  ...sourceTexts(import.meta.dirname),
  ...sourceTexts(join(import.meta.dirname, "../content")),
  ...sourceTexts(join(import.meta.dirname, "../background")),
  readFileSync(new URL("../../manifest.json", import.meta.url), "utf8"),
  readFileSync(new URL("../settings/schema.ts", import.meta.url), "utf8"),
].join("\n");

const placeholders = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();
const wordsIn = (text: string): number => text.trim().split(/\s+/).length;

/** Keys that are put together after a beginning of their own, as `mark_shape_${shape}`. */
const templates = [...sources.matchAll(/`([a-z]+_[a-z_]*)\$\{[^`]*?\}([a-z_]*)`/g)]
  .filter(([, start]) => start !== "read_" && start !== "error_")
  .map(([, start = "", end = ""]) => new RegExp(`^${start}[a-z0-9_]+${end}$`));

/** Keys that are put together: `read_<row>_…`, `error_<name>_…`, `setting_…_name`, `rule_<reason>`, `<panel>_<what>` and plural forms. */
function isUsed(key: string): boolean {
  const [, row] = /^read_([a-z]+\d+)_(headline|sentence)/.exec(key) ?? [];
  if (row !== undefined) return row in ROWS || sources.includes(`"${row}"`) || sources.includes(`"${key}"`);
  const [, name] = /^error_(\w+)_(headline|sentence)$/.exec(key) ?? [];
  if (name !== undefined) return sources.includes(`"${name}"`);
  if (key.startsWith("rule_")) return true;
  const base = key.replace(/_(one|other)$/, "").replace(/^(setting_\w+)_name$/, "$1");
  const panel = base.replace(/^(identity|trust)_/, "${kind}_");
  if (key === "language") return sources.includes('getMessage("language")');
  const notice = base.replace(/_(headline|sentence)$/, "");
  if (notice !== base && sources.includes(`"${notice}"`)) return true;
  if (templates.some((template) => template.test(base))) return true;
  const action = /^action_(import_key|review_issuer)$/.test(key);
  return action || [`"${base}"`, `${panel}\``, `__MSG_${base}__`].some((use) => sources.includes(use));
}

describe("translations", () => {
  it("has the same keys in every language", () => {
    expect(Object.keys(german)).toEqual(Object.keys(english));
  });

  it("has the same placeholders in every language", () => {
    for (const [key, { message }] of Object.entries(english)) {
      expect([key, ...placeholders(german[key]?.message ?? "")]).toEqual([key, ...placeholders(message)]);
    }
  });

  it("uses every text", () => {
    expect(Object.keys(english).filter((key) => !isUsed(key))).toEqual([]);
  });

  it("has a text for every key that is used", () => {
    const used = [...sources.matchAll(/\b(?:t|words)\(\s*"([a-z0-9_]+)"/g)].map(([, key]) => key ?? "");
    const missing = used.filter((key) => !(key in english) && !(`${key}_other` in english));
    expect([...new Set(missing)]).toEqual([]);
  });

  it("has a headline and a sentence for every row of the banner", () => {
    const missing = Object.keys(ROWS).filter(
      (row) =>
        !(`read_${row}_headline` in english) ||
        !Object.keys(english).some((key) => key.startsWith(`read_${row}_sentence`)),
    );
    expect(missing).toEqual([]);
  });

  it("has a note for translators beside every text", () => {
    expect(Object.keys(english).filter((key) => (english[key]?.description ?? "") === "")).toEqual([]);
  });

  it.each([["en", english] as const, ["de", german] as const])("%s keeps the limits of words", (_, messages) => {
    const long = Object.entries(messages).filter(([key, { message }]) => {
      if (!key.startsWith("read_")) return false;
      return (
        wordsIn(message) > (key.endsWith("_headline") ? 9 : 28) || (key.endsWith("_headline") && message.endsWith("."))
      );
    });
    expect(long.map(([key]) => key)).toEqual([]);
  });

  it("never says of a message that it is secure, safe or protected, nor please or sorry", () => {
    const said = Object.entries(english).filter(
      ([key, { message }]) =>
        key.startsWith("read_") && /\b(secure|please|sorry|valid signature|hash|thumbprint)\b/i.test(message),
    );
    expect(said.map(([key]) => key)).toEqual([]);
  });
});
