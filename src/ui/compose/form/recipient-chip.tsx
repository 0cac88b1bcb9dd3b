import type { JSX } from "preact";
import { visible } from "../../components/foreign-text.tsx";
import { Icon } from "../../components/icon.tsx";
import { t, Text, text } from "../../i18n.tsx";
import { stateOf, statusOf, type Recipient } from "./recipients.ts";
import { RECIPIENT_ROWS, recipientWords } from "./recipient-words.ts";

interface Props {
  readonly recipient: Recipient;
  readonly isStop: boolean;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly onRemove: () => void;
  readonly onEdit: () => void;
  readonly onFocus: () => void;
}

/** The address; where there is little room its beginning gives way, never its domain. */
function ChipAddress({ address }: { readonly address: string }): JSX.Element {
  const at = address.lastIndexOf("@");
  return (
    <bdi dir="ltr" class="address">
      <span class="local-part">{visible(at < 0 ? address : address.slice(0, at))}</span>
      {at >= 0 && <span class="domain">{visible(address.slice(at))}</span>}
    </bdi>
  );
}

/** One recipient: the address, and what stands in the way of encrypting to it. Enter opens, Del removes, F2 edits. */
export function RecipientChip({ recipient, isStop, isOpen, onToggle, onRemove, onEdit, onFocus }: Props): JSX.Element {
  const status = statusOf(recipient);
  const { tone, icon } = RECIPIENT_ROWS[status];
  const shown = recipient.address ?? recipient.text;
  const { chip, state } = recipientWords(status, stateOf(recipient), recipient.text, new Date());
  const isBcc = recipient.field === "bcc" && tone === "neutral" && chip === null;
  return (
    <li class={`chip tone-${tone}`} data-recipient={shown} data-status={status} data-origin={recipient.origin}>
      <button
        type="button"
        class="chip-body"
        tabIndex={isStop ? 0 : -1}
        aria-expanded={isOpen}
        aria-label={t("recipient_name", { address: shown, state: text(state) })}
        onClick={onToggle}
        onFocus={onFocus}
        onKeyDown={(event) => {
          if (event.key === "Delete" || event.key === "Backspace") onRemove();
          else if (event.key === "F2") onEdit();
          else return;
          event.preventDefault();
        }}
      >
        <span class="chip-icon">
          <Icon name={isBcc ? "eye-off" : icon} />
        </span>
        <ChipAddress address={shown} />
        {chip && (
          <span class="chip-state">
            <Text words={chip} />
          </span>
        )}
        {isBcc && <span class="chip-state">{t("recipient_r17_state")}</span>}
        {recipient.origin === "reply-to" && <span class="chip-state">{t("recipient_reply_to_chip")}</span>}
      </button>
      <button
        type="button"
        class="chip-remove"
        tabIndex={-1}
        aria-label={t("recipient_remove", { address: shown })}
        onClick={onRemove}
      >
        <Icon name="x" />
      </button>
    </li>
  );
}
