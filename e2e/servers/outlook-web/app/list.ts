import { element } from "./element.ts";
import type { Message } from "./service.ts";

export interface MessageList {
  readonly root: HTMLElement;
  readonly show: (messages: readonly Message[]) => void;
  readonly select: (conversationId: string | null) => void;
}

const time = (text: string): string =>
  new Date(text).toLocaleString("en", { weekday: "short", hour: "2-digit", minute: "2-digit", hour12: false });

function row(messages: readonly Message[], isDraftFolder: boolean, open: () => void): HTMLElement {
  const [newest] = messages;
  if (newest === undefined) throw new RangeError("a conversation without messages");
  const people = isDraftFolder ? newest.ToRecipients : messages.flatMap(({ From }) => (From ? [From.Mailbox] : []));
  const names = [...new Set(people.map(({ Name }) => Name))].join("; ");
  const count = messages.length > 1 ? ` (${String(messages.length)})` : "";
  const isUnread = messages.some(({ IsRead }) => !IsRead);
  return element(
    "div",
    {
      role: "option",
      class: `row${isUnread ? " unread" : ""}`,
      "data-convid": newest.ConversationId.Id,
      "aria-selected": "false",
      tabindex: "-1",
      onclick: open,
    },
    element("span", { class: "people" }, (isDraftFolder ? "[Draft] " : "") + (names || "(nobody)")),
    element("span", { class: "time" }, time(newest.DateTimeReceived)),
    element("span", { class: "subject" }, (newest.Subject || "(no subject)") + count),
    element("span", { class: "preview" }, newest.Preview),
  );
}

/** One row a conversation, newest first; arrow keys move, Enter opens. */
export function createMessageList(open: (messages: readonly Message[]) => void): MessageList {
  let selected: string | null = null;
  const list = element("div", { role: "listbox", "aria-label": "Message list", class: "rows" });
  const rows = (): HTMLElement[] => [...list.querySelectorAll<HTMLElement>("[data-convid]")];
  const mark = (): void => {
    for (const each of rows()) each.setAttribute("aria-selected", String(each.dataset["convid"] === selected));
    const current = rows().find((each) => each.dataset["convid"] === selected) ?? rows()[0];
    for (const each of rows()) each.tabIndex = each === current ? 0 : -1;
  };
  list.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key] ?? 0;
    const at = rows().indexOf(document.activeElement as HTMLElement);
    if (step !== 0) {
      event.preventDefault();
      rows()[at + step]?.focus();
    } else if (event.key === "Enter") rows()[at]?.click();
  });
  return {
    root: list,
    show: (messages) => {
      const focused = document.activeElement?.getAttribute("data-convid");
      const byConversation = Map.groupBy(messages, ({ ConversationId }) => ConversationId.Id);
      list.replaceChildren(
        ...[...byConversation.values()].map((group) =>
          row(group, group[0]?.IsDraft === true, () => {
            open(group);
          }),
        ),
      );
      if (byConversation.size === 0) list.append(element("p", { class: "nothing" }, "Nothing in this folder"));
      mark();
      if (focused)
        rows()
          .find((each) => each.dataset["convid"] === focused)
          ?.focus();
    },
    select: (conversationId) => {
      selected = conversationId;
      mark();
    },
  };
}
