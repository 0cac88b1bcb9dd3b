import type { Signal } from "@preact/signals";
import { useEffect, useId, useRef } from "preact/hooks";
import type { ComponentChildren, JSX } from "preact";
import { t } from "../i18n.tsx";

interface Props {
  /** Translation keys begin with it. */
  readonly kind: "identity" | "trust";
  readonly isAdding: Signal<boolean>;
  readonly count: number;
  readonly onForget: () => void;
  readonly children: ComponentChildren;
}

/** A panel beside the messages: what there is, a button to add, a button to forget. */
export function Panel({ kind, isAdding, count, onForget, children }: Props): JSX.Element {
  const headingId = useId();
  const add = useRef<HTMLButtonElement>(null);
  const wasAdding = useRef(false);
  const isOpen = isAdding.value;
  useEffect(() => {
    // The form is gone: back to the button that opened it.
    if (wasAdding.current && !isOpen) add.current?.focus();
    wasAdding.current = isOpen;
  }, [isOpen]);
  return (
    <section class="card panel" aria-labelledby={headingId} data-panel={kind}>
      <h2 id={headingId}>{t(`${kind}_title`)}</h2>
      {children}
      {!isOpen && (
        <div class="row">
          <button
            type="button"
            ref={add}
            onClick={() => {
              isAdding.value = true;
            }}
          >
            {t(`${kind}_add`)}
          </button>
          {count > 0 && (
            <button type="button" class="quiet" onClick={onForget}>
              {t(`${kind}_forget`)}
            </button>
          )}
        </div>
      )}
    </section>
  );
}
