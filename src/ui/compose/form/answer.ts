import type { AddressView } from "../../../messages/answers.ts";
import type { AnsweredMessage } from "../../../messages/secure-form.ts";
import { plainStructure, WORDS_ONLY } from "../../message/plain-structure.ts";
import { markupOf, sanitizeToNodes, wordsOfHtml } from "../../message/sanitize.ts";
import { editorNodes } from "../editor/editor-markup.ts";
import { markupOfWords } from "../editor/text-forms.ts";

/** Prefixes of answers and forwarded messages, as mail programs of several languages write them. */
const PREFIX = /^\s*((?:re|aw|sv|antw|fw|fwd|wg|tr)\s*:\s*)+/i;
const FORWARD = /^\s*(?:fw|fwd|wg|tr)\s*:/i;

export const isForward = (subject: string): boolean => FORWARD.test(subject);

/** What an answer's subject is, and whether it must stay hidden. */
export interface AnswerSubject {
  readonly subject: string;
  readonly isHidden: boolean;
}

/**
 * The subject of an answer to an encrypted message. Where the server's copy of it says something else than the message
 * itself, it was hidden, and an answer hides it as well (RFC 9788, on replying; attack 61).
 *
 * @param ofPage as the webmail has put it, from what the server knows
 */
export function answerSubject(ofPage: string, answered: string | null): AnswerSubject {
  const [prefix = ""] = PREFIX.exec(ofPage) ?? [];
  if (answered === null) return { subject: ofPage, isHidden: false };
  const own = answered.replace(PREFIX, "").trim();
  const isHidden = ofPage.replace(PREFIX, "").trim() !== own;
  return { subject: `${prefix.trim() === "" ? "" : `${prefix.trim()} `}${own}`, isHidden };
}

/** What a recipient of an answer had to do with the message. `reply-to`: where its sender wants answers to go. */
export type Part = "sender" | "reply-to" | "reader" | "stranger";

const has = (list: readonly AddressView[], address: string): boolean =>
  list.some((one) => one.address?.toLowerCase() === address.toLowerCase());

/** By what is protected in the message, never by what the page says (attack 31). */
export function partOf(address: string, { from, replyTo, to, cc }: AnsweredMessage): Part {
  if (has(from, address)) return "sender";
  if (has(to, address) || has(cc, address)) return "reader";
  return has(replyTo, address) ? "reply-to" : "stranger";
}

const EMPTY_PICTURE = "data:image/gif;base64,";

function quotedPart({ type, content }: AnsweredMessage["parts"][number]): string {
  if (type === "text") return markupOfWords(content);
  // A picture of the message was seen as one, and not as the words for it: as a picture it is left out.
  const shown = { picture: () => EMPTY_PICTURE, linkWords: (label: string) => label };
  return markupOf(plainStructure(sanitizeToNodes(content, shown).fragment, WORDS_ONLY));
}

/** What is said in front of a quotation, ready to be shown: a line for each. */
export type Introduction = (message: AnsweredMessage) => string;

/**
 * What an answer quotes: the text of the root that was shown, in its words and its structure. It carries no styles, links,
 * pictures or conditions, nothing that its sender had hidden, and nothing of any message inside it (attacks 29, 30).
 */
export function quotation(message: AnsweredMessage, introduction: Introduction): string {
  const parts = message.parts.map(quotedPart).filter((markup) => markup.trim() !== "");
  if (parts.length === 0) return "";
  return `<div><br></div>${markupOfWords(introduction(message))}<blockquote>${parts.join("<div><br></div>")}</blockquote>`;
}

const lineOf = (text: string): string => text.replace(/\s+/g, " ").trim();

/** Lines of what was quoted that are long enough to be known again. */
const LEAST_KNOWN = 8;

/**
 * A text without what it quotes, when an answer is to leave openly: what was encrypted must not (attack 61, Autocrypt).
 * Whole quotations go, and lines of the message wherever they were moved to.
 *
 * @param message `null` where it could not be opened: then nothing of it was quoted here
 */
export function withoutQuote(markup: string, message: AnsweredMessage | null, introduction: Introduction): string {
  const template = document.createElement("template");
  template.content.append(editorNodes(markup));
  for (const quoted of template.content.querySelectorAll("blockquote")) quoted.remove();
  const lines =
    message === null
      ? []
      : [introduction(message), ...message.parts.map((part) => wordsOfHtml(quotedPart(part)))].join("\n").split("\n");
  const known = new Set(
    lines.map((line) => lineOf(line.replace(/^[>\s]+/, ""))).filter((line) => line.length >= LEAST_KNOWN),
  );
  for (const block of template.content.querySelectorAll("div, p, li, td, th, pre, h1, h2, h3, h4, h5, h6")) {
    const line = lineOf(block.textContent.replace(/^[>\s]+/, ""));
    if (known.has(line)) block.remove();
  }
  return markupOf(template.content);
}
