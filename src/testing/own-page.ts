import { readFileSync } from "node:fs";
import { resolve } from "node:path";

type Messages = Readonly<Record<string, { readonly message: string }>>;

/** Gives a component in a test the texts of a translation, as the browser does it in a page of ours. */
export function speak(language: "en" | "de"): void {
  const messages = JSON.parse(
    readFileSync(resolve(import.meta.dirname, `../../public/_locales/${language}/messages.json`), "utf8"),
  ) as Messages;
  Object.assign(globalThis, {
    browser: {
      i18n: { getMessage: (key: string) => messages[key]?.message ?? "", getUILanguage: () => language },
    },
  });
}
