import { Fragment, type JSX } from "preact";
import { native } from "./browser.ts";
import { ForeignText, visible } from "./components/foreign-text.tsx";
import { words, type Param, type Words } from "./words.ts";

const PLACEHOLDER = /\{([a-z][a-z0-9]*)\}/gi;

/**
 * The language of the texts, with the browser's region where that is of the same language: the order of a date belongs
 * to the sentence around it.
 */
export function language(): string {
  const translation = native().i18n.getMessage("language");
  const own = native().i18n.getUILanguage();
  return own.split("-")[0] === translation ? own : translation;
}

/** The pattern of a key. A text that is missing shows its key, and fails the test of the translations. */
function patternOf({ key, params }: Words): string {
  const { n } = params;
  // A count has two patterns where its words differ; the languages that we have need no more.
  const form = typeof n === "number" ? new Intl.PluralRules(language()).select(n) : "other";
  const plural = typeof n === "number" ? native().i18n.getMessage(`${key}_${form === "one" ? "one" : "other"}`) : "";
  return plural || native().i18n.getMessage(key) || key;
}

const isWords = (param: Date | Words): param is Words => "key" in param;

function plain(param: Param): string {
  if (typeof param === "string") return visible(param);
  if (typeof param === "number") return formatCount(param);
  // Not `instanceof Date`: what a port of Firefox brings into a frame in a page is a Date of another realm.
  return isWords(param) ? text(param) : formatDate(param);
}

export const formatCount = (count: number): string => new Intl.NumberFormat(language()).format(count);

export function formatDate(date: Date): string {
  if (Number.isNaN(date.getTime())) return text(words("date_unknown"));
  return new Intl.DateTimeFormat(language(), { dateStyle: "long" }).format(date);
}

export function formatTime(date: Date): string {
  if (Number.isNaN(date.getTime())) return text(words("date_unknown"));
  return new Intl.DateTimeFormat(language(), { dateStyle: "long", timeStyle: "short" }).format(date);
}

/** A time of today. */
export const formatClock = (date: Date): string =>
  new Intl.DateTimeFormat(language(), { timeStyle: "short" }).format(date);

/** Sizes in bytes, for people: 1 decimal under 10. */
export function formatSize(size: number): string {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;
  const power = size < 1000 ? 0 : Math.min(3, Math.floor(Math.log10(size) / 3));
  const value = size / 1000 ** power;
  const maximumFractionDigits = power > 0 && value < 10 ? 1 : 0;
  const format = {
    style: "unit",
    unit: units[power] ?? "byte",
    unitDisplay: power === 0 ? "long" : "short",
    maximumFractionDigits,
  } as const;
  return new Intl.NumberFormat(language(), format).format(value);
}

/** A whole text as a string, for attributes and for screen readers. */
export function text(value: Words): string {
  return patternOf(value).replace(PLACEHOLDER, (placeholder, name: string) => {
    const param = value.params[name];
    return param === undefined ? placeholder : plain(param);
  });
}

export const t = (key: string, params: Words["params"] = {}): string => text(words(key, params));

/** A text in the page; what others wrote stands isolated in it, so that it cannot turn the sentence around. */
export function Text({ words: value }: { readonly words: Words }): JSX.Element {
  const pieces = patternOf(value).split(PLACEHOLDER);
  return (
    <>
      {pieces.map((piece, index) => {
        if (index % 2 === 0) return <Fragment key={index}>{piece}</Fragment>;
        const param = value.params[piece];
        if (param === undefined) return <Fragment key={index}>{`{${piece}}`}</Fragment>;
        return typeof param === "string" ? (
          <ForeignText key={index} text={param} />
        ) : (
          <Fragment key={index}>{plain(param)}</Fragment>
        );
      })}
    </>
  );
}
