import type { DraftReply } from "../../messages/content-requests.ts";
import { afterChanges } from "../dom/page-changes.ts";
import { theOne } from "../dom/selector.ts";
import type { PageSettings } from "./page-settings.ts";
import { readRecipients, type Recipients } from "./recipients.ts";
import {
  ATTACHMENT,
  ATTACHMENT_NAME,
  BCC,
  CC,
  COMPOSE_HEADER,
  DRAFT_ID,
  EDITOR,
  FORM,
  FROM,
  IS_HTML,
  PGP_ENCRYPTS,
  STORE_TARGET,
  SUBJECT,
  TEXT,
  TO,
  TYPED_RECIPIENT,
  UPLOADING,
} from "./selectors.ts";

/** The form in which a message is written. */
export interface ComposeForm {
  readonly form: HTMLFormElement;
  /** Our frame stands in front of it. */
  readonly header: Element;
}

export function formOf(document: Document): ComposeForm | null {
  const form = theOne(document, FORM);
  const header = theOne(document, COMPOSE_HEADER);
  return form instanceof HTMLFormElement && header !== null ? { form, header } : null;
}

export type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** A field of the form; some stand outside of it and belong to it all the same. */
export function fieldOf({ form }: ComposeForm, selector: string): Field | null {
  const found = theOne(form.ownerDocument, selector);
  const isField =
    found instanceof HTMLInputElement || found instanceof HTMLSelectElement || found instanceof HTMLTextAreaElement;
  return isField ? found : null;
}

const valueOf = (form: ComposeForm, selector: string): string => fieldOf(form, selector)?.value ?? "";

/** The address that the form sends from; `null` where the page does not say it. */
export function fromOf(form: ComposeForm, { identities }: PageSettings): string | null {
  const value = valueOf(form, FROM);
  return identities.get(value) ?? readRecipients(value).addresses[0] ?? null;
}

/** The folder for the copy of what is sent; empty where none is kept. */
export const storeTargetOf = (form: ComposeForm): string => valueOf(form, STORE_TARGET);

/** Names the draft that the server keeps of the form; the page writes there what its own saving has brought. */
export const draftIdField = (form: ComposeForm): Field | null => fieldOf(form, DRAFT_ID);

/** The draft that the server keeps of the form, once it was saved. */
export const draftIdOf = (form: ComposeForm): string | null => valueOf(form, DRAFT_ID) || null;

/** From now on the page's own saving replaces this draft; none where it is empty. */
export function setDraftId(form: ComposeForm, uid: string): void {
  const field = draftIdField(form);
  if (field !== null) field.value = uid;
}

function recipientsOf(form: ComposeForm, selector: string): Recipients {
  const field = fieldOf(form, selector);
  const typed = field?.parentElement && theOne(field.parentElement, TYPED_RECIPIENT);
  return readRecipients([field?.value ?? "", typed instanceof HTMLInputElement ? typed.value : ""].join(","));
}

/** The names of the form's files. */
export function attachmentsOf({ form }: ComposeForm): readonly string[] {
  const items = [...form.ownerDocument.querySelectorAll(ATTACHMENT)];
  return items.map((item) => (theOne(item, ATTACHMENT_NAME) ?? item).textContent.trim());
}

/** The names by which the server knows the form's files. */
export const attachmentIdsOf = ({ form }: ComposeForm): readonly string[] =>
  [...form.ownerDocument.querySelectorAll(ATTACHMENT)].map(({ id }) => id);

/** Whether the text has formats. */
export const isHtml = (form: ComposeForm): boolean => valueOf(form, IS_HTML) === "1";

/** Whether Roundcube itself is to encrypt what is written (PGP, by its server): then it must not go out readable. */
export const isForPgp = ({ form }: ComposeForm): boolean => form.ownerDocument.querySelector(PGP_ENCRYPTS) !== null;

/** The document of the editor with formats, once it holds its text. */
export function editorOf({ form }: ComposeForm): Document | null {
  const editor = theOne(form, EDITOR);
  const content = editor instanceof HTMLIFrameElement ? editor.contentDocument : null;
  return content?.querySelector("body")?.contentEditable === "true" ? content : null;
}

/** How long an editor may take to come. Milliseconds. */
const PATIENCE_MS = 15_000;

/** Resolves when the form's text can be read, or will not be. */
export function whenReadable(form: ComposeForm, end: AbortSignal): Promise<void> {
  const found = new AbortController();
  const over = AbortSignal.any([found.signal, end, AbortSignal.timeout(PATIENCE_MS)]);
  return new Promise((resolve) => {
    over.addEventListener("abort", () => {
      resolve();
    });
    const look = (): void => {
      if (textOf(form) !== null) found.abort();
    };
    // The editor stands beside the form's field, hidden until it is ready.
    afterChanges(form.form.ownerDocument.documentElement, ["style", "contenteditable"], look, over);
  });
}

/** The editor's document where the text has formats, and the words where it has none. */
export function textOf(form: ComposeForm): { readonly html: string } | { readonly text: string } | null {
  const words = fieldOf(form, TEXT);
  if (words === null) return null;
  if (!isHtml(form)) return { text: words.value };
  const content = editorOf(form);
  return content === null ? null : { html: content.body.innerHTML };
}

const MAX_LINE = 2000;
const cut = (text: string): string => text.slice(0, MAX_LINE);

/** What stands in the form. Only what is there: nothing is sanitised here, and nothing of it is trusted. */
export function readForm(form: ComposeForm, settings: PageSettings): DraftReply {
  const subject = fieldOf(form, SUBJECT);
  const content = textOf(form);
  if (subject === null || content === null || fieldOf(form, TO) === null) {
    return { ok: false, reason: "page-unknown", text: "" };
  }
  const [to, cc, bcc] = [recipientsOf(form, TO), recipientsOf(form, CC), recipientsOf(form, BCC)];
  const isUploading = form.form.ownerDocument.querySelector(UPLOADING) !== null;
  if (isUploading) return { ok: false, reason: "page-unknown", text: "" };
  return {
    ok: true,
    draft: {
      from: fromOf(form, settings),
      to: [...to.addresses],
      cc: [...cc.addresses],
      bcc: [...bcc.addresses],
      subject: cut(subject.value),
      html: "html" in content ? content.html : "",
      text: "text" in content ? content.text : null,
      attachments: attachmentsOf(form).map((name) => ({ name: cut(name) })),
      unreadable: [...to.unreadable, ...cc.unreadable, ...bcc.unreadable].map(cut),
      inReplyTo: settings.answered,
      sizeLimit: settings.maxFileSize,
    },
  };
}
