import { useEffect, useId, useRef } from "preact/hooks";
import type { JSX } from "preact";
import { Icon } from "../../components/icon.tsx";
import { t, Text } from "../../i18n.tsx";
import { words } from "../../words.ts";
import { ask } from "../compose-state.ts";
import { append } from "../editor/text.ts";
import { markupOfWords } from "../editor/text-forms.ts";
import { SendButton } from "../send-button.tsx";
import { dropQuote } from "./encryption.ts";
import { draftId } from "./fields.ts";
import { removeFile } from "./files.ts";
import type { Hold, HoldAct } from "./holds.ts";
import { changed } from "./keeping.ts";
import { confirm, confirmFirst, remove } from "./recipients.ts";
import { holds, resume, review, send } from "./sending.ts";

const firstInput = (): HTMLElement | null => document.querySelector(".recipients input");

/** What each button does; after it the person looks at the form again, and presses Send again. */
function perform(act: HoldAct): void {
  switch (act.act) {
    case "show": {
      const [address = ""] = act.recipients.map((one) => one.address ?? one.text);
      resume();
      document.querySelector<HTMLElement>(`[data-recipient="${CSS.escape(address)}"] .chip-body`)?.focus();
      return;
    }
    case "compare":
      for (const { address } of act.recipients) if (address !== null) ask({ name: "compare", address });
      resume();
      return;
    case "remove":
      remove(...act.recipients.map(({ id }) => id));
      break;
    case "confirm":
      confirm(...act.recipients.map(({ id }) => id));
      break;
    case "without-quote":
      dropQuote();
      break;
    case "send-first":
      confirmFirst(...act.recipients.map(({ id }) => id));
      send(draftId.value);
      return;
    case "explain":
      append(markupOfWords(t("first_explanation")));
      confirmFirst(...act.recipients.map(({ id }) => id));
      break;
    case "attach-again":
      removeFile(act.file);
      document.querySelector<HTMLElement>('.form-files input[type="file"]')?.click();
      break;
    case "remove-files":
      for (const file of act.files) removeFile(file);
      break;
    case "add-recipient":
      resume();
      firstInput()?.focus();
      return;
    case "keep-writing":
      resume();
      return;
  }
  changed();
  review(draftId.value);
}

const label = (hold: Hold, { act }: HoldAct): string => {
  switch (act) {
    case "show":
      return t(hold.id === "h2" ? "send_show_them" : "send_show_recipient");
    case "compare":
      return t("recipient_compare");
    case "remove":
      return t("send_remove_recipients", {
        n: hold.acts.flatMap((one) => ("recipients" in one && one.act === "remove" ? one.recipients : [])).length,
      });
    case "confirm":
      return t("send_confirm");
    case "without-quote":
      return t("send_without_quote");
    case "send-first":
      return t("send_first");
    case "explain":
      return t("send_first_explain");
    case "remove-files":
      return t("send_remove_files", {
        n: hold.acts.flatMap((one) => (one.act === "remove-files" ? one.files : [])).length,
      });
    case "attach-again":
      return t("send_attach_again");
    case "add-recipient":
      return t("send_add_recipient");
    case "keep-writing":
      return t("send_keep_writing");
  }
};

function HoldButton({ hold, act }: { readonly hold: Hold; readonly act: HoldAct }): JSX.Element {
  const press = (): void => {
    perform(act);
  };
  // It sends, so that it counts only where Send would.
  if (act.act === "send-first") return <SendButton name={act.act} label="send_first" onSend={press} />;
  return (
    <button type="button" class="quiet" onClick={press}>
      {label(hold, act)}
    </button>
  );
}

function HoldItem({ hold }: { readonly hold: Hold }): JSX.Element {
  const id = useId();
  return (
    <section class={`banner tone-${hold.tone}`} aria-labelledby={`${id}-h`} data-banner={`send_${hold.id}`}>
      <div class="banner-line">
        <span class="banner-icons">
          <Icon name={hold.icon} />
        </span>
        <div class="banner-words">
          <h2 id={`${id}-h`} tabIndex={-1} aria-describedby={`${id}-s`}>
            <Text words={words(`send_${hold.id}_headline`, hold.params)} />
          </h2>
          <p id={`${id}-s`}>
            <Text words={words(`send_${hold.id}_sentence`, hold.params)} />
          </p>
        </div>
        <div class="banner-actions">
          {hold.acts.map((act) => (
            <HoldButton key={act.act} hold={hold} act={act} />
          ))}
        </div>
      </div>
    </section>
  );
}

/** Why Send is held: every reason, the worst first. The focus comes to the first heading; the text stays (`ux.md` 2C). */
export function HoldNotice(): JSX.Element | null {
  const place = useRef<HTMLDivElement>(null);
  const list = holds.value;
  const ids = list.map(({ id }) => id).join();
  useEffect(() => {
    place.current?.querySelector<HTMLElement>("h2")?.focus();
  }, [ids]);
  if (list.length === 0) return null;
  return (
    <div ref={place} class="holds">
      {list.map((hold, index) => (
        <HoldItem key={`${hold.id}-${index}`} hold={hold} />
      ))}
    </div>
  );
}
