import { useId, useRef, useState } from "preact/hooks";
import type { JSX } from "preact";
import { ForeignText } from "../../components/foreign-text.tsx";
import { t } from "../../i18n.tsx";
import { RECIPIENT_ROWS } from "./recipient-words.ts";
import { RecipientChip } from "./recipient-chip.tsx";
import { RecipientDetails } from "./recipient-details.tsx";
import { add, recipients, remove, statusOf, type Field, type Recipient } from "./recipients.ts";
import { stopSuggesting, suggest, suggestions } from "./suggestions.ts";

/** More recipients without a problem fold into their number (`ux.md` 2B). */
const MOST_SHOWN = 8;
const SEPARATOR = /[,;\r\n]/;

const needsAttention = (recipient: Recipient): boolean => RECIPIENT_ROWS[statusOf(recipient)].tone === "caution";

/** The whole list, or what needs attention and the number of the others. */
function shownOf(list: readonly Recipient[], isUnfolded: boolean): readonly Recipient[] {
  if (isUnfolded || list.length <= MOST_SHOWN) return list;
  const open = list.filter(needsAttention);
  return list.filter((one, index) => needsAttention(one) || index < MOST_SHOWN - Math.min(open.length, MOST_SHOWN));
}

interface Props {
  readonly field: Field;
  readonly label: string;
  readonly onChange: () => void;
  /** Beside the field, as the button that shows Cc and Bcc. */
  readonly children?: JSX.Element | null;
}

/** Recipients of one field: chips, and a combobox in which the next one is typed. */
export function RecipientField({ field, label, onChange, children }: Props): JSX.Element {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const chips = useRef<HTMLUListElement>(null);
  const [text, setText] = useState("");
  const [active, setActive] = useState(-1);
  const [stop, setStop] = useState(0);
  const [openId, setOpenId] = useState<number | null>(null);
  const [isUnfolded, setUnfolded] = useState(false);
  const list = recipients.value.filter((one) => one.field === field);
  const shown = shownOf(list, isUnfolded);
  const people = suggestions.value?.field === field ? suggestions.value.people : [];
  const opened = list.find((one) => one.id === openId) ?? null;

  const type = (typed: string): void => {
    setText(typed);
    setActive(-1);
    suggest(field, typed);
  };
  const commit = (typed: string): void => {
    type("");
    if (typed.trim() === "") return;
    add(field, typed);
    onChange();
  };
  const pick = (index: number): void => {
    const person = people[index];
    if (person === undefined) return;
    commit(person.name === "" ? person.address : `"${person.name.replaceAll(/["\\]/g, "\\$&")}" <${person.address}>`);
  };
  const take = (recipient: Recipient): void => {
    remove(recipient.id);
    setOpenId(null);
    onChange();
    input.current?.focus();
  };
  const edit = (recipient: Recipient): void => {
    take(recipient);
    type(recipient.text);
  };
  const focusChip = (index: number): void => {
    setStop(index);
    chips.current?.querySelectorAll<HTMLElement>(".chip-body")[index]?.focus();
  };
  const inputKeys = (event: KeyboardEvent & { readonly currentTarget: HTMLInputElement }): void => {
    const isAtStart = event.currentTarget.selectionStart === 0 && event.currentTarget.selectionEnd === 0;
    if (event.isComposing) return;
    if (event.key === "ArrowDown" && people.length > 0) setActive((active + 1) % people.length);
    else if (event.key === "ArrowUp" && people.length > 0) setActive((active <= 0 ? people.length : active) - 1);
    else if (event.key === "Enter" && active >= 0) pick(active);
    else if (event.key === "Enter") commit(event.currentTarget.value);
    else if (event.key === "Escape" && people.length > 0) stopSuggesting();
    else if ((event.key === "Backspace" || event.key === "ArrowLeft") && isAtStart && shown.length > 0) {
      focusChip(shown.length - 1);
    } else return;
    event.preventDefault();
  };
  const chipKeys = (event: KeyboardEvent): void => {
    if (event.key === "ArrowLeft" && stop > 0) focusChip(stop - 1);
    else if (event.key === "ArrowRight" && stop < shown.length - 1) focusChip(stop + 1);
    else if (event.key === "ArrowRight") input.current?.focus();
    else if (event.key === "Home") focusChip(0);
    else if (event.key === "End") focusChip(shown.length - 1);
    else if (event.key === "Escape" && openId !== null) setOpenId(null);
    else return;
    event.preventDefault();
  };
  return (
    <div class="form-row recipients" data-field={field}>
      <label id={`${id}-label`} for={`${id}-input`} class="form-label">
        {label}
      </label>
      <div
        class="recipient-box"
        onClick={(event) => {
          if (event.target === event.currentTarget) input.current?.focus();
        }}
      >
        {shown.length > 0 && (
          <ul ref={chips} class="chips" aria-labelledby={`${id}-label`} onKeyDown={chipKeys}>
            {shown.map((recipient, index) => (
              <RecipientChip
                key={recipient.id}
                recipient={recipient}
                isStop={index === Math.min(stop, shown.length - 1)}
                isOpen={recipient.id === openId}
                onToggle={() => {
                  setOpenId(recipient.id === openId ? null : recipient.id);
                }}
                onFocus={() => {
                  setStop(index);
                }}
                onRemove={() => {
                  take(recipient);
                }}
                onEdit={() => {
                  edit(recipient);
                }}
              />
            ))}
          </ul>
        )}
        {list.length > MOST_SHOWN && (
          <button
            type="button"
            class="quiet fold"
            aria-expanded={isUnfolded}
            onClick={() => {
              setUnfolded(!isUnfolded);
            }}
          >
            {isUnfolded ? t("recipients_fold") : t("recipients_more", { n: list.length - shown.length })}
          </button>
        )}
        <input
          ref={input}
          id={`${id}-input`}
          type="text"
          role="combobox"
          autocomplete="off"
          spellcheck={false}
          aria-autocomplete="list"
          aria-expanded={people.length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={active >= 0 ? `${id}-option-${active}` : undefined}
          value={text}
          onInput={({ currentTarget }) => {
            const { value } = currentTarget;
            // A separator ends a recipient, but not inside the quotation marks of a name.
            if (SEPARATOR.test(value.slice(-1)) && (value.match(/"/g)?.length ?? 0) % 2 === 0) commit(value);
            else type(value);
          }}
          onPaste={(event) => {
            const pasted = event.clipboardData?.getData("text/plain") ?? "";
            if (!SEPARATOR.test(pasted) && !pasted.includes("@")) return;
            event.preventDefault();
            commit(text + pasted);
          }}
          onKeyDown={inputKeys}
          onBlur={({ currentTarget }) => {
            commit(currentTarget.value);
          }}
        />
        <ul
          id={`${id}-list`}
          class="suggestions"
          role="listbox"
          aria-labelledby={`${id}-label`}
          hidden={people.length === 0}
          // The input keeps the focus.
          onMouseDown={(event) => {
            event.preventDefault();
          }}
        >
          {people.map(({ name, address, source }, index) => (
            <li
              key={address}
              id={`${id}-option-${index}`}
              role="option"
              aria-selected={index === active}
              onClick={() => {
                pick(index);
              }}
            >
              <span class="suggested-address">
                <ForeignText text={address} />
              </span>
              {name !== "" && (
                <span class="suggested-name">
                  <ForeignText text={name} />
                </span>
              )}
              <span class="remark">{t(`suggestion_${source}`)}</span>
            </li>
          ))}
        </ul>
      </div>
      {children}
      {opened && (
        <div
          class="details-place"
          onKeyDown={(event) => {
            if (event.key !== "Escape") return;
            setOpenId(null);
            focusChip(stop);
          }}
        >
          <RecipientDetails
            recipient={opened}
            onEdit={() => {
              edit(opened);
            }}
            onRemove={() => {
              take(opened);
            }}
          />
        </div>
      )}
    </div>
  );
}
