import { element } from "./element.ts";
import type { MailboxJson, Service } from "./service.ts";

export interface RecipientField {
  readonly root: HTMLElement;
  readonly people: () => readonly MailboxJson[];
  readonly add: (person: MailboxJson) => void;
  /** Makes a pill of what was typed and not ended. */
  readonly finish: () => void;
  readonly focus: () => void;
}

/** A line of pills that one types into; a comma, a semicolon, Enter and Tab end an address. */
export function createRecipientField(
  label: "To" | "Cc" | "Bcc",
  service: Service,
  changed: () => void,
): RecipientField {
  const chosen = new Map<Element, MailboxJson>();
  const editor = element("div", {
    "aria-label": label,
    role: "textbox",
    contenteditable: "true",
    class: "recipient-editor",
    spellcheck: "false",
  });
  const suggestions = element("div", { class: "suggestions", role: "listbox", "aria-label": `${label} suggestions` });
  suggestions.hidden = true;
  const root = element(
    "div",
    { class: "recipients" },
    element("span", { class: "field-label", "aria-hidden": "true" }, label),
    editor,
    suggestions,
  );
  const typed = (): string =>
    [...editor.childNodes]
      .filter((node) => node instanceof Text)
      .map(({ data }) => data)
      .join("")
      .replaceAll("\u00a0", " ")
      .trim();
  const clearTyped = (): void => {
    for (const node of [...editor.childNodes]) if (!chosen.has(node as Element)) node.remove();
    suggestions.hidden = true;
  };
  const add = (person: MailboxJson): void => {
    clearTyped();
    const pill = element(
      "span",
      {
        class: "pill",
        contenteditable: "false",
        "data-lpc-hover-target-id": person.EmailAddress,
        title: person.EmailAddress,
      },
      person.Name,
    );
    chosen.set(pill, person);
    editor.append(pill);
    getSelection()?.selectAllChildren(editor);
    getSelection()?.collapseToEnd();
    changed();
  };
  const finish = (): void => {
    for (const text of typed().split(/[;,]/)) {
      const [, name = "", bracketed] = /^\s*([^<]*?)\s*(?:<([^>]*)>)?\s*$/.exec(text) ?? [];
      const email = (bracketed ?? name).trim();
      if (email !== "") add({ Name: bracketed === undefined || name === "" ? email : name, EmailAddress: email });
    }
    clearTyped();
  };
  const suggest = async (): Promise<void> => {
    const query = typed();
    if (query.length < 2) {
      suggestions.hidden = true;
      return;
    }
    const [found] = await service.call("FindPeople", { QueryString: query });
    const people = (found?.["ResultSet"] as { EmailAddress: MailboxJson }[]).map(({ EmailAddress }) => EmailAddress);
    if (typed() !== query) return;
    suggestions.replaceChildren(
      ...people.map((person) =>
        element(
          "div",
          {
            role: "option",
            onmousedown: (event) => {
              event.preventDefault();
              add(person);
            },
          },
          `${person.Name} <${person.EmailAddress}>`,
        ),
      ),
    );
    suggestions.hidden = people.length === 0;
  };
  editor.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "," || event.key === ";" || (event.key === "Enter" && !event.ctrlKey)) {
      event.preventDefault();
      finish();
    } else if (event.key === "Tab") finish();
  });
  editor.addEventListener("input", () => {
    for (const pill of chosen.keys()) if (pill.parentNode !== editor) chosen.delete(pill);
    changed();
    suggest().catch(() => {
      suggestions.hidden = true;
    });
  });
  editor.addEventListener("blur", finish);
  return {
    root,
    people: () => [...editor.children].flatMap((pill) => chosen.get(pill) ?? []),
    add,
    finish,
    focus: () => {
      editor.focus();
    },
  };
}
