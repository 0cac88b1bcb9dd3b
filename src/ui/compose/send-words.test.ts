import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { RECIPIENT_ROWS } from "./form/recipient-words.ts";
import { HELD } from "./send-words.ts";

const texts = (language: string): Readonly<Record<string, { readonly message: string }>> =>
  JSON.parse(
    readFileSync(new URL(`../../../public/_locales/${language}/messages.json`, import.meta.url), "utf8"),
  ) as Readonly<Record<string, { readonly message: string }>>;

/** Of holds.ts, whose reasons depend on the form. */
const OF_THE_FORM = [
  "h1",
  "h2",
  "h3",
  "y1",
  "h5",
  "h6",
  "h7",
  "h9",
  "h14",
  "h16",
  "h17",
  "h42",
  "h46",
  "h92",
  "h95",
  "y2",
];
const NOTICES = [
  ...new Set([
    ...Object.values(HELD).map(({ id }) => id),
    ...OF_THE_FORM.map((id) => `send_${id}`),
    ...["send_h41", "send_h41_files", "send_h41_size"],
    ...["send_h28", "send_h56", "send_h58", "draft_locked", "draft_lost", "draft_sent", "draft_may_sent"],
    ...["answer_locked", "answer_closed", "take_failed"],
  ]),
];
const count = (text: string): number => text.split(/\s+/).length;

describe.each(["en", "de"])("the words of writing, %s", (language) => {
  const all = texts(language);
  const find = (key: string): string[] =>
    [all[key], all[`${key}_one`], all[`${key}_other`]].flatMap((entry) => entry?.message ?? []);

  it.each(NOTICES)("%s has a headline of at most 9 words and a sentence of at most 28", (id) => {
    const headlines = find(`${id}_headline`);
    const sentences = find(`${id}_sentence`);
    expect(headlines.length).toBeGreaterThan(0);
    expect(sentences.length).toBeGreaterThan(0);
    expect(headlines.filter((text) => count(text) > 9 || text.endsWith("."))).toEqual([]);
    expect(sentences.filter((text) => count(text) > 28)).toEqual([]);
  });

  it.each(Object.values(RECIPIENT_ROWS).map(({ id }) => id))("recipient %s has a state and a sentence", (id) => {
    expect(find(`recipient_${id}_state`).length).toBeGreaterThan(0);
    expect(find(`recipient_${id}_sentence`).length).toBeGreaterThan(0);
  });

  it("begins every reason that holds Send with the same words", () => {
    const start = language === "en" ? /^Not sent( yet)?: / : /^(Noch n|N)icht gesendet: /;
    const others = new Set(["send_h56", "send_h58", "send_h92", "send_h95"]);
    const wrong = NOTICES.filter((id) => id.startsWith("send_") && !others.has(id)).filter((id) =>
      find(`${id}_headline`).some((text) => !start.test(text)),
    );
    expect(wrong).toEqual([]);
  });
});
