import type { JSX } from "preact";
import { Modal } from "../components/modal.tsx";
import { t } from "../i18n.tsx";
import { UnlockForm } from "./unlock-form.tsx";

interface Props {
  readonly onUnlocked: () => void;
  readonly onClose: () => void;
}

/** The passphrase of the vault, asked in a page of the extension that needs it now. */
export function UnlockDialog({ onUnlocked, onClose }: Props): JSX.Element {
  return (
    <Modal title={t("unlock_title")} onClose={onClose}>
      <UnlockForm onUnlocked={onUnlocked} onClose={onClose} />
    </Modal>
  );
}
