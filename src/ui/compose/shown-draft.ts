import type { PageDraft } from "../../messages/content-requests.ts";
import type { ShownDraft, SigningChoice } from "../../messages/frame-requests.ts";
import { sanitize, wordsOfHtml } from "../message/sanitize.ts";

const document = (markup: string): string =>
  `<!DOCTYPE html>\r\n<html><head><meta charset="utf-8"></head><body>${markup}</body></html>\r\n`;

/** What is written must be what is shown: a link keeps its words, and nothing that acts or loads comes along. */
const own = { picture: () => null, linkWords: (label: string) => label };

/** A draft of the page as the person sees it in our frame, and as it is signed: sanitised, with a form in words. */
export interface DraftInSight {
  readonly draft: ShownDraft;
  /** Of the text, for the frame. */
  readonly markup: string;
  /** What stands in a recipients' field and is no address. */
  readonly unreadable: readonly string[];
}

/** Words as markup that shows them as they stand, blanks and lines too. */
function markupOf(text: string): string {
  const holder = window.document.createElement("pre");
  holder.textContent = text;
  return holder.outerHTML;
}

export function draftInSight(page: PageDraft, from: string): DraftInSight {
  const { to, cc, bcc, subject, attachments, inReplyTo, unreadable, text } = page;
  const fields = { from, to, cc, bcc, subject, attachments, inReplyTo };
  if (text !== null) return { draft: { ...fields, html: "", text }, markup: markupOf(text), unreadable };
  const { markup } = sanitize(page.html, own);
  const html = markup.trim() === "" ? "" : document(markup);
  return { draft: { ...fields, html, text: wordsOfHtml(markup) }, markup, unreadable };
}

/** The address to send from: the one that the page shows, where the certificate has it. */
export function fromAddress({ emails }: SigningChoice, ofPage: string | null): string {
  const wanted = ofPage?.toLowerCase();
  return emails.find((address) => address.toLowerCase() === wanted) ?? ofPage ?? emails[0] ?? "";
}
