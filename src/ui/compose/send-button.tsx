import { useEffect, useRef, useState } from "preact/hooks";
import type { JSX } from "preact";
import { t } from "../i18n.tsx";
import { isBusy, sendState } from "./compose-state.ts";
import { watchSight, type Sight } from "./sight.ts";

interface Props {
  /** Says what will happen. */
  readonly label: string;
  readonly onSend: () => void;
  /** Names it in the page: `send`, unless it answers a question about sending. */
  readonly name?: string;
}

/** Our Send. It counts only where a person can see it whole, and has for a moment. It is never greyed out. */
export function SendButton({ label, onSend, name = "send" }: Props): JSX.Element {
  const button = useRef<HTMLButtonElement>(null);
  const sight = useRef<() => Sight>(() => "covered");
  const [isSeen, setSeen] = useState(false);
  useEffect(() => {
    if (button.current) sight.current = watchSight(button.current, setSeen);
  }, []);
  const press = (event: MouseEvent): void => {
    // A script of the page reaches neither this frame nor this button; what it can do is to cover it.
    if (!event.isTrusted || isBusy.value) return;
    const now = sight.current();
    if (now === "seen") onSend();
    else if (now === "covered") sendState.value = { status: "held", reason: "covered", text: "" };
  };
  return (
    <button
      ref={button}
      type="button"
      class="primary"
      aria-disabled={isBusy.value}
      onClick={press}
      data-act={name}
      data-seen={isSeen}
    >
      {t(label)}
    </button>
  );
}
