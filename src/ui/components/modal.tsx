import { useId, useLayoutEffect, useRef } from "preact/hooks";
import type { ComponentChildren, JSX } from "preact";

interface Props {
  /** Names the act and its object. */
  readonly title: ComponentChildren;
  /** `alertdialog` only where the next act cannot be undone. */
  readonly role?: "dialog" | "alertdialog";
  readonly isWide?: boolean;
  /** Closed without the act: by Escape, or by the safe button. */
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** A question over the page. The browser keeps the focus inside and gives it back; Escape is the safe way out. */
export function Modal({ title, role = "dialog", isWide = false, onClose, children }: Props): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  // Before anything is drawn, so that no key goes to the page below.
  useLayoutEffect(() => {
    const element = dialog.current;
    const before = document.activeElement;
    element?.showModal();
    element?.querySelector<HTMLElement>("[data-first-focus]")?.focus();
    return () => {
      element?.close();
      // The button may have gone with what was deleted: then the page's heading is where the reader goes on.
      const target = before instanceof HTMLElement && before.isConnected ? before : document.querySelector("h1");
      target?.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      role={role}
      class={isWide ? "modal is-wide" : "modal"}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      // Browsers close a dialog without asking where Escape comes twice.
      onClose={onClose}
    >
      <h2 id={titleId}>{title}</h2>
      {children}
    </dialog>
  );
}
