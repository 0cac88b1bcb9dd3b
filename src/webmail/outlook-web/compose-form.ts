import type { DraftReply } from "../../messages/content-requests.ts";
import { theOne } from "../dom/selector.ts";
import { ATTACHMENT, BCC, CC, DISCARD, EDITOR, itemIdInElement, PILL, SEND, SUBJECT, TO } from "./selectors.ts";

/** A form in which a message is written: the smallest element around an editor that has a Send of its own. */
export interface ComposeForm {
  readonly root: Element;
  readonly editor: Element;
  readonly send: Element;
}

export function formOf(editor: Element): ComposeForm | null {
  for (let root = editor.parentElement; root !== null; root = root.parentElement) {
    if (root.querySelector(SEND) === null) continue;
    const send = root.querySelector(SEND);
    // Two editors under one Send: whose Send it is cannot be told.
    return send === null || root.querySelectorAll(EDITOR).length !== 1 ? null : { root, editor, send };
  }
  return null;
}

export function findForms(document: Document): ReadonlyMap<Element, string> {
  const editors = [...document.querySelectorAll(EDITOR)].filter((editor) => formOf(editor) !== null);
  return new Map(editors.map((editor) => [editor, "compose"]));
}

const ADDRESS = /[^\s<>"(),;:[\]]+@[^\s<>"(),;:[\]]+/;

/** The address of a pill: in what a screen reader is told, in its title, or in its words. */
function addressIn(element: Element): string | null {
  const places = [
    element.getAttribute("data-lpc-hover-target-id"),
    element.getAttribute("title"),
    element.getAttribute("aria-label"),
    element.textContent,
  ];
  for (const place of places) {
    const address = ADDRESS.exec(place ?? "")?.[0];
    if (address !== undefined) return address;
  }
  return null;
}

interface Recipients {
  readonly addresses: string[];
  readonly unreadable: string[];
}

function recipientsIn(field: Element): Recipients {
  const found: Recipients = { addresses: [], unreadable: [] };
  const pills = [...field.querySelectorAll(PILL)];
  for (const pill of pills) {
    const address = addressIn(pill);
    if (address === null) found.unreadable.push(pill.textContent.trim());
    else found.addresses.push(address);
  }
  const rest = field.cloneNode(true) as Element;
  for (const pill of rest.querySelectorAll(PILL)) pill.remove();
  for (const piece of rest.textContent.split(/[;,]/)) {
    const text = piece.replace(/[\s\u200b\ufeff]+/g, " ").trim();
    if (text === "") continue;
    const address = ADDRESS.exec(text)?.[0];
    if (address === undefined) found.unreadable.push(text);
    else found.addresses.push(address);
  }
  return found;
}

function recipients(root: Element, selector: string): Recipients {
  const fields = [...root.querySelectorAll(selector)].map(recipientsIn);
  return {
    addresses: fields.flatMap(({ addresses }) => addresses),
    unreadable: fields.flatMap(({ unreadable }) => unreadable),
  };
}

const MAX_LINE = 2000;

/** What stands in the form. Only what is there: nothing is sanitised here, and nothing of it is trusted. */
export function readForm({ root, editor }: ComposeForm): DraftReply {
  const subject = theOne(root, SUBJECT);
  const to = theOne(root, TO);
  if (!(subject instanceof HTMLInputElement) || to === null) return { ok: false, reason: "page-unknown", text: "" };
  const [toList, ccList, bccList] = [recipients(root, TO), recipients(root, CC), recipients(root, BCC)];
  return {
    ok: true,
    draft: {
      from: null,
      to: toList.addresses,
      cc: ccList.addresses,
      bcc: bccList.addresses,
      subject: subject.value.slice(0, MAX_LINE),
      html: editor.innerHTML,
      text: null,
      attachments: [...root.querySelectorAll(ATTACHMENT)].map((card) => ({ name: nameOf(card) })),
      unreadable: [...toList.unreadable, ...ccList.unreadable, ...bccList.unreadable].map((text) =>
        text.slice(0, MAX_LINE),
      ),
      inReplyTo: null,
      // Exchange says it where it refuses a message, and no place of the page is known that says it before.
      sizeLimit: null,
    },
  };
}

const nameOf = (card: Element): string =>
  (card.getAttribute("title") ?? card.getAttribute("aria-label") ?? card.textContent).trim().slice(0, MAX_LINE);

/** The item that the webmail keeps of this form, once it has saved it. */
export function draftId({ root }: ComposeForm): string | null {
  const subject = theOne(root, SUBJECT);
  return subject && itemIdInElement(subject.id, "SUBJECT");
}

/** Throws the webmail's own draft away, as a person does it: what was signed has been sent. */
export function discard({ root }: ComposeForm): void {
  const button = theOne(root, DISCARD) ?? theOne(root.ownerDocument, DISCARD);
  if (button instanceof HTMLElement) button.click();
}
