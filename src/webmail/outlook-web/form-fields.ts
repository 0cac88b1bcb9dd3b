import type { HandedDraft } from "../../messages/content-requests.ts";
import { theOne } from "../dom/selector.ts";
import type { ComposeForm } from "./compose-form.ts";
import { BCC, CC, SUBJECT, TO } from "./selectors.ts";

/** The page's own scripts learn of a change as of a person's, so that what they keep in memory follows. */
const changed = (element: Element): void => {
  element.dispatchEvent(new InputEvent("input", { bubbles: true }));
};

function setValue(input: HTMLInputElement, value: string): void {
  // React compares with what it has set itself, on the element; the prototype's setter goes past that.
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(input, value);
  changed(input);
}

function setContent(element: Element, ...content: (Node | string)[]): void {
  element.replaceChildren(...content);
  changed(element);
}

/** Nothing of what was written stands in the page's form any more. */
export function emptyForm({ root, editor }: ComposeForm): void {
  const subject = theOne(root, SUBJECT);
  if (subject instanceof HTMLInputElement) setValue(subject, "");
  setContent(editor);
  for (const selector of [TO, CC, BCC]) for (const field of root.querySelectorAll(selector)) setContent(field);
}

/** Puts text back into the page's form. */
export function fillForm({ root, editor }: ComposeForm, draft: HandedDraft): void {
  const subject = theOne(root, SUBJECT);
  if (subject instanceof HTMLInputElement) setValue(subject, draft.subject);
  for (const [selector, addresses] of [
    [TO, draft.to],
    [CC, draft.cc],
    [BCC, draft.bcc],
  ] as const) {
    const field = root.querySelector(selector);
    if (field === null || addresses.length === 0) continue;
    setContent(field, addresses.join("; "));
    // Leaving the field is what makes addresses of the words in it.
    field.dispatchEvent(new FocusEvent("blur"));
  }
  const { body } = new DOMParser().parseFromString(draft.html, "text/html");
  setContent(editor, ...body.childNodes);
}
