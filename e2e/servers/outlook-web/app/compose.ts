import { createDraft, type DraftFields, type Thread } from "./draft.ts";
import { element } from "./element.ts";
import { createRecipientField } from "./recipients.ts";
import type { ItemId, MailboxJson, Service } from "./service.ts";

export interface ComposeStart {
  readonly to?: readonly MailboxJson[];
  readonly cc?: readonly MailboxJson[];
  readonly bcc?: readonly MailboxJson[];
  readonly subject?: string;
  readonly content?: DocumentFragment;
  readonly thread?: Thread;
  readonly draft?: ItemId;
}

export interface ComposeActions {
  /** The form has ended: sent, discarded or left. */
  readonly closed: () => void;
  readonly failed: (error: unknown) => void;
  readonly saved: (draftId: string) => void;
}

export interface ComposeForm {
  readonly root: HTMLElement;
  /** Saves what there is and ends the form. */
  readonly leave: () => Promise<void>;
  readonly focus: () => void;
}

let forms = 0;

const readFile = (file: File): Promise<string> =>
  new Promise((done, fail) => {
    const reader = new FileReader();
    reader.onload = () => {
      done((reader.result as string).split(",")[1] ?? "");
    };
    reader.onerror = () => {
      fail(reader.error ?? new Error("the file could not be read"));
    };
    reader.readAsDataURL(file);
  });

/** A new message, a reply or an opened draft; `autosaveMilliseconds` after the last change the draft is saved. */
export function createComposeForm(
  service: Service,
  start: ComposeStart,
  autosaveMilliseconds: number,
  actions: ComposeActions,
): ComposeForm {
  forms++;
  const draft = createDraft(service, start.thread ?? null, start.draft ?? null);
  const ended = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isChanged = false;
  const changed = (): void => {
    isChanged = true;
    status.textContent = "";
    clearTimeout(timer);
    if (!ended.signal.aborted) timer = setTimeout(autosave, autosaveMilliseconds);
  };
  const to = createRecipientField("To", service, changed);
  const cc = createRecipientField("Cc", service, changed);
  const bcc = createRecipientField("Bcc", service, changed);
  const subject = element("input", {
    "aria-label": "Subject",
    placeholder: "Add a subject",
    class: "subject-input",
    value: start.subject ?? "",
    oninput: changed,
  });
  const editor = element("div", {
    "aria-label": "Message body",
    role: "textbox",
    "aria-multiline": "true",
    contenteditable: "true",
    class: "editor",
    oninput: changed,
  });
  if (start.content) editor.append(start.content);
  const files = element("div", { "aria-label": "Attachments", role: "group" });
  files.hidden = true;
  const status = element("span", { class: "status", role: "status" });
  const fileInput = element("input", { type: "file", multiple: true, "aria-label": "Attach files", onchange: attach });
  const sendButton = element(
    "button",
    {
      type: "button",
      id: "splitButton-send__primaryActionButton",
      "aria-label": "Send",
      class: "primary",
      onclick: send,
    },
    "Send",
  );
  const discardButton = element(
    "button",
    { type: "button", id: "discardCompose", "aria-label": "Discard", onclick: discard },
    "Discard",
  );
  const root = element(
    "div",
    { id: `docking_InitVisiblePart_${String(forms)}`, class: "compose" },
    element(
      "div",
      { class: "compose-commands" },
      element("div", { "data-testid": "ComposeSendButton" }, sendButton),
      discardButton,
      element("label", { class: "attach" }, "Attach", fileInput),
      status,
    ),
    to.root,
    cc.root,
    bcc.root,
    subject,
    files,
    element("div", { id: `editorParent_${String(forms)}`, class: "editor-parent" }, editor),
  );
  for (const person of start.to ?? []) to.add(person);
  for (const person of start.cc ?? []) cc.add(person);
  for (const person of start.bcc ?? []) bcc.add(person);
  clearTimeout(timer);
  isChanged = false;

  const name = (): void => {
    subject.id = `MSG_${draft.id() ?? `new-${String(forms)}`}_SUBJECT`;
  };
  const fields = (): DraftFields => ({
    to: to.people(),
    cc: cc.people(),
    bcc: bcc.people(),
    subject: subject.value,
    html: editor.innerHTML,
  });
  const save = async (): Promise<void> => {
    isChanged = false;
    const id = await draft.save(fields());
    name();
    status.textContent = "Draft saved";
    if (!ended.signal.aborted) actions.saved(id);
  };
  function autosave(): void {
    if (isChanged && !ended.signal.aborted) save().catch(actions.failed);
  }
  const end = (): void => {
    ended.abort();
    clearTimeout(timer);
    root.remove();
    actions.closed();
  };
  function send(): void {
    for (const each of [to, cc, bcc]) each.finish();
    if (fields().to.length + fields().cc.length + fields().bcc.length === 0) {
      actions.failed(new Error("This message must have at least one recipient."));
      to.focus();
      return;
    }
    clearTimeout(timer);
    sendButton.disabled = true;
    draft.send(fields()).then(end, (error: unknown) => {
      sendButton.disabled = false;
      actions.failed(error);
    });
  }
  function discard(): void {
    clearTimeout(timer);
    ended.abort();
    draft.discard().then(end, actions.failed);
  }
  function attach(): void {
    const chosen = [...(fileInput.files ?? [])];
    fileInput.value = "";
    const add = async (): Promise<void> => {
      await save();
      for (const file of chosen) {
        await draft.attach(file.name, file.type || "application/octet-stream", await readFile(file));
        files.append(
          element("div", { "data-testid": "AttachmentCard" }, element("span", { class: "file-name" }, file.name)),
        );
        files.hidden = false;
      }
    };
    add().catch(actions.failed);
  }
  root.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.ctrlKey) {
      event.preventDefault();
      send();
    }
  });
  name();
  // A reply has a draft from the start, a new message from its first save.
  if (start.thread !== undefined) save().catch(actions.failed);
  return {
    root,
    leave: async () => {
      clearTimeout(timer);
      if (isChanged) await save();
      end();
    },
    focus: () => {
      if ((start.to ?? []).length === 0) to.focus();
      else editor.focus();
    },
  };
}
