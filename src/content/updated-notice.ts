import type { Browser } from "webextension-polyfill";
import { native } from "./browser.ts";

/** The words of the notice. They are asked for at the start: after an update the browser answers nothing any more. */
export interface UpdatedWords {
  readonly headline: string;
  readonly sentence: string;
  readonly action: string;
  /** In place of the sentence, before a form that stays shut. */
  readonly held: string;
}

export function updatedWords(): UpdatedWords {
  const { i18n } = native();
  return {
    headline: i18n.getMessage("read_f6_headline"),
    sentence: i18n.getMessage("read_f6_sentence"),
    action: i18n.getMessage("action_reload"),
    held: i18n.getMessage("page_silent"),
  };
}

/** Whether a newer version has taken this script's place under the page: no message of ours arrives any more. */
export function isOutlived(): boolean {
  try {
    return (native().runtime as Partial<Browser["runtime"]>).id === undefined;
  } catch {
    return true;
  }
}

const STYLE = `
:host { all: initial !important; display: block !important; }
p { font: 14px/1.5 system-ui, sans-serif; margin: 0; padding: 8px 12px; border-inline-start: 3px solid #5b6472;
  color: #1f2430; background: #f2f4f7; }
button { font: inherit; margin-inline-start: 8px; }
@media (prefers-color-scheme: dark) { p { color: #e6e9ef; background: #23272f; } }`;

/**
 * Says in front of a message that this page still runs the version before an update (`ux.md` F6). It claims nothing of
 * the message, so that a page that draws the same gains nothing.
 *
 * @param onReload at the press of the button
 */
export function showUpdated(anchor: Element, words: Omit<UpdatedWords, "held">, onReload: () => void): HTMLElement {
  const document = anchor.ownerDocument;
  const host = document.createElement("div");
  const shadow = host.attachShadow({ mode: "closed" });
  const style = document.createElement("style");
  style.textContent = STYLE;
  const line = document.createElement("p");
  line.role = "status";
  const headline = document.createElement("strong");
  headline.textContent = `${words.headline}.`;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = words.action;
  button.addEventListener("click", onReload);
  line.append(headline, ` ${words.sentence} `, button);
  shadow.append(style, line);
  anchor.before(host);
  return host;
}
