import type { HandedDraft } from "../../messages/content-requests.ts";
import { theOne } from "../dom/selector.ts";
import { editorOf, fieldOf, isHtml, type ComposeForm } from "./compose-form.ts";
import { ATTACHMENT, BCC, CC, HIDDEN_ROW, SUBJECT, TEXT, TO, TYPED_RECIPIENT } from "./selectors.ts";

/** Elastic draws its boxes of recipients anew when the field behind them tells of a change. */
function setValue(form: ComposeForm, selector: string, value: string): void {
  const field = fieldOf(form, selector);
  if (field === null) return;
  field.value = value;
  for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
}

function setRecipients(form: ComposeForm, selector: string, addresses: readonly string[]): void {
  const field = fieldOf(form, selector);
  const typed = field?.parentElement && theOne(field.parentElement, TYPED_RECIPIENT);
  if (typed instanceof HTMLInputElement) typed.value = "";
  setValue(form, selector, addresses.map((address) => `${address}, `).join(""));
}

/** Nothing of what was written stands in the page's form any more, and no file. */
export function emptyForm(form: ComposeForm): void {
  for (const selector of [TO, CC, BCC]) setRecipients(form, selector, []);
  setValue(form, SUBJECT, "");
  setValue(form, TEXT, "");
  editorOf(form)?.body.replaceChildren();
  for (const item of form.form.ownerDocument.querySelectorAll(ATTACHMENT)) item.remove();
}

/** Cc and Bcc are hidden until they hold something; nobody may be written to unseen. */
function showRow(form: ComposeForm, selector: string): void {
  const row = fieldOf(form, selector)?.closest<HTMLElement>(HIDDEN_ROW);
  row?.classList.remove("hidden");
  if (row?.tagName === "TR") row.style.display = "table-row";
}

/** Puts text back into the page's form. */
export function fillForm(form: ComposeForm, draft: HandedDraft): void {
  setValue(form, SUBJECT, draft.subject);
  for (const [selector, addresses] of [
    [TO, draft.to],
    [CC, draft.cc],
    [BCC, draft.bcc],
  ] as const) {
    if (addresses.length === 0) continue;
    setRecipients(form, selector, addresses);
    showRow(form, selector);
  }
  if (!isHtml(form)) {
    setValue(form, TEXT, draft.text);
    return;
  }
  const { body } = new DOMParser().parseFromString(draft.html, "text/html");
  editorOf(form)?.body.replaceChildren(...body.childNodes);
}
