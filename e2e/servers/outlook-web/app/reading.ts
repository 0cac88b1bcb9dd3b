import { element } from "./element.ts";
import { bodyFragment } from "./message-body.ts";
import { canary, type AttachmentJson, type MailboxJson, type Message } from "./service.ts";

export type Answering = "reply" | "reply-all" | "forward";

export interface ReadingActions {
  readonly answer: (kind: Answering, message: Message) => void;
  readonly remove: (message: Message) => void;
}

export interface Conversation {
  readonly root: HTMLElement;
  /** Adds what is new and drops what is gone; a message that stays keeps its elements. */
  readonly update: (messages: readonly Message[]) => void;
}

const SIGNED_NOTICE =
  "This message has a digital signature, but it wasn't verified because the S/MIME control isn't currently supported for your browser or platform.";
const OPAQUE_NOTICE =
  "This S/MIME message can't be shown because the S/MIME control isn't available for your browser or platform.";

const names = (people: readonly MailboxJson[]): string => people.map(({ Name }) => Name).join("; ");

function attachment({ AttachmentId, Name, Size }: AttachmentJson): HTMLElement {
  const query = new URLSearchParams({ id: AttachmentId.Id, "X-OWA-CANARY": canary() });
  return element(
    "a",
    {
      "data-testid": "AttachmentCard",
      href: `/owa/service.svc/s/GetFileAttachment?${query.toString()}`,
      download: Name,
    },
    element("span", { class: "file-name" }, Name),
    element("span", { class: "file-size" }, `${String(Math.max(1, Math.round(Size / 1024)))} kB`),
  );
}

function header(message: Message, { answer, remove }: ReadingActions, toggle: () => void): HTMLElement {
  const from = message.From?.Mailbox;
  const button = (label: string, act: () => void): HTMLElement =>
    element("button", { type: "button", "aria-label": label, onclick: act }, label);
  const shown = from ? `${from.Name}<${from.EmailAddress}>` : "";
  return element(
    "div",
    { class: "message-header" },
    element("span", { class: "avatar", "aria-hidden": "true" }, from?.Name.slice(0, 1) ?? "?"),
    element(
      "div",
      { class: "who" },
      element("span", { id: `MSG_${message.ItemId.Id}_FROM`, class: "from", onclick: toggle }, shown),
      element("span", { class: "to" }, `To: ${names(message.ToRecipients)}`),
      ...(message.CcRecipients.length === 0
        ? []
        : [element("span", { class: "to" }, `Cc: ${names(message.CcRecipients)}`)]),
    ),
    element(
      "div",
      { class: "message-commands" },
      button("Reply", () => {
        answer("reply", message);
      }),
      button("Reply all", () => {
        answer("reply-all", message);
      }),
      button("Forward", () => {
        answer("forward", message);
      }),
      button("Delete", () => {
        remove(message);
      }),
      element("span", { class: "time" }, new Date(message.DateTimeReceived).toLocaleString("en")),
    ),
  );
}

let bodies = 0;

function content(message: Message): readonly HTMLElement[] {
  const notice =
    message.ItemClass === "IPM.Note.SMIME.MultipartSigned"
      ? SIGNED_NOTICE
      : message.ItemClass === "IPM.Note.SMIME"
        ? OPAQUE_NOTICE
        : null;
  const files = message.Attachments.filter(({ IsInline }) => !IsInline);
  bodies++;
  return [
    ...(notice === null ? [] : [element("p", { class: "notice" }, notice)]),
    ...(files.length === 0
      ? []
      : [element("div", { "aria-label": "Attachments", role: "group" }, ...files.map(attachment))]),
    element(
      "div",
      {
        id: `UniqueMessageBody_${String(bodies)}`,
        role: "document",
        "aria-label": "Message body",
        class: "message-body",
        tabindex: "0",
      },
      bodyFragment(message.Body),
    ),
  ];
}

/** One message; a click on its sender folds it, which takes its body out of the page. */
function part(message: Message, actions: ReadingActions): HTMLElement {
  const root = element("div", { class: "item-part" });
  const unfold = (): void => {
    root.append(...content(message));
  };
  const toggle = (): void => {
    if (root.childElementCount > 1) root.replaceChildren(...[...root.children].slice(0, 1));
    else unfold();
  };
  root.append(header(message, actions, toggle));
  unfold();
  return root;
}

export function createConversation(conversationId: string, actions: ReadingActions): Conversation {
  const subject = element("div", { role: "heading", "aria-level": "2", id: `CONV_${conversationId}_SUBJECT` });
  const root = element("div", { "data-app-section": "ConversationContainer" }, subject);
  const parts = new Map<string, HTMLElement>();
  return {
    root,
    update: (messages) => {
      subject.textContent = messages[0]?.Subject ?? "";
      for (const [id, shown] of parts) {
        if (messages.some(({ ItemId }) => ItemId.Id === id)) continue;
        shown.remove();
        parts.delete(id);
      }
      // The newest stands on top.
      let before: Element = subject;
      for (const message of messages.toReversed()) {
        const shown = parts.get(message.ItemId.Id) ?? part(message, actions);
        if (!shown.isConnected || !parts.has(message.ItemId.Id)) before.after(shown);
        parts.set(message.ItemId.Id, shown);
        before = shown;
      }
    },
  };
}
