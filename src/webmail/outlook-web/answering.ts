import { theOne } from "../dom/selector.ts";
import { EDITOR, MESSAGE_BODY, MESSAGE_PART, SUBJECT } from "./selectors.ts";
import type { ComposeForm } from "./compose-form.ts";

/** Between a press of Reply and the form that comes of it. Milliseconds. */
const ANSWER_WITHIN_MS = 10_000;

/** Which message a new form answers: the page does not say it, and the server does only once it has saved the draft. */
export interface Answering {
  /** Call at each look, with the messages that the page shows now. */
  seen(messages: ReadonlyMap<Element, string>): void;
  /** The identity of the message that a form answers; `null` for a message of its own. */
  answeredBy(form: ComposeForm): string | null;
}

/**
 * The message in which something was pressed last, before the form came; with a keyboard's shortcut, the one that stood
 * there alone, or the first of several.
 */
export function answering(document: Document, signal: AbortSignal): Answering {
  let shown: ReadonlyMap<Element, string> = new Map();
  let shownAt = -Infinity;
  let pressed: { readonly identity: string; readonly at: number } | null = null;
  const now = (): number => performance.now();
  const onPress = (event: Event): void => {
    const part = event.target instanceof Element ? event.target.closest(MESSAGE_PART) : null;
    const body = part?.querySelector(MESSAGE_BODY);
    const identity = body ? shown.get(body) : undefined;
    if (identity !== undefined) pressed = { identity, at: now() };
  };
  for (const name of ["click", "keydown"]) document.addEventListener(name, onPress, { capture: true, signal });

  const isBlank = ({ root, editor }: ComposeForm): boolean => {
    const subject = theOne(root, SUBJECT);
    const hasSubject = subject instanceof HTMLInputElement && subject.value.trim() !== "";
    return !hasSubject && editor.textContent.trim() === "";
  };
  return {
    seen(messages) {
      // A form often takes the place of the messages: those that stood there just before count.
      if (messages.size === 0 && document.querySelector(EDITOR) !== null) return;
      shown = messages;
      shownAt = now();
    },
    answeredBy(form) {
      if (isBlank(form)) return null;
      if (pressed !== null && now() - pressed.at < ANSWER_WITHIN_MS) return pressed.identity;
      const [first] = shown.values();
      return now() - shownAt < ANSWER_WITHIN_MS ? (first ?? null) : null;
    },
  };
}
