import { signal } from "@preact/signals";
import type { JSX } from "preact";
import { Modal } from "../components/modal.tsx";
import { PasswordForm } from "../components/password-form.tsx";
import { Text, t } from "../i18n.tsx";
import { words } from "../words.ts";
import { openWithPassword, type OpenedFile } from "./state.ts";

const asked = signal<OpenedFile | null>(null);

/** Asks for the password of an opened file (C15). */
export function askPassword(file: OpenedFile): void {
  asked.value = file;
}

const close = (): void => {
  asked.value = null;
};

/** In the page itself: it is the extension's own, and nobody stands around it. */
export function PasswordQuestion(): JSX.Element | null {
  const file = asked.value;
  if (file === null) return null;
  return (
    <Modal title={t("password_title")} onClose={close}>
      <p>
        <Text words={words("password_file", { name: file.files.message.name })} />
      </p>
      <PasswordForm
        onTry={async (password) => {
          const failure = await openWithPassword(file.id, password);
          if (failure === null) close();
          return failure;
        }}
        onClose={close}
      />
    </Modal>
  );
}
