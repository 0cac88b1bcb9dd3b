import { element } from "./element.ts";
import { FOLDERS } from "./place.ts";

export interface FrameActions {
  readonly compose: () => void;
  readonly folder: (shared: string | null, folder: string) => void;
}

export interface Frame {
  readonly listPane: HTMLElement;
  readonly readingPane: HTMLElement;
  readonly markFolder: (shared: string | null, folder: string) => void;
  readonly complain: (text: string) => void;
}

/** What stays while views come and go. */
export function createFrame(
  app: HTMLElement,
  user: string,
  shared: readonly string[],
  { compose, folder }: FrameActions,
): Frame {
  const complaint = element("div", { role: "alert", class: "complaint" });
  complaint.hidden = true;
  const folders = (mailbox: string | null): HTMLElement[] =>
    FOLDERS.map(([name, label]) =>
      element(
        "button",
        {
          type: "button",
          class: "folder",
          "data-folder": name,
          "data-mailbox": mailbox ?? "",
          onclick: () => {
            folder(mailbox, name);
          },
        },
        label,
      ),
    );
  const navigation = element(
    "nav",
    { "aria-label": "Folders" },
    element("button", { type: "button", class: "primary new-mail", onclick: compose }, "New mail"),
    ...folders(null),
    ...shared.flatMap((mailbox) => [element("h2", {}, mailbox), ...folders(mailbox)]),
  );
  const listPane = element("section", { class: "list-pane", "aria-label": "Messages" });
  const readingPane = element("main", { class: "reading-pane", "data-app-section": "MailReadCompose" });
  app.replaceChildren(
    element(
      "header",
      {},
      element("span", { class: "brand" }, "Practice mail"),
      element("span", { class: "user" }, user),
      element("a", { href: "/owa/logoff.owa" }, "Sign out"),
    ),
    complaint,
    element("div", { class: "panes" }, navigation, listPane, readingPane),
  );
  return {
    listPane,
    readingPane,
    markFolder: (mailbox, name) => {
      for (const each of navigation.querySelectorAll<HTMLElement>(".folder")) {
        const isShown = each.dataset["folder"] === name && each.dataset["mailbox"] === (mailbox ?? "");
        if (isShown) each.setAttribute("aria-current", "page");
        else each.removeAttribute("aria-current");
      }
    },
    complain: (text) => {
      complaint.textContent = text;
      complaint.hidden = text === "";
    },
  };
}
