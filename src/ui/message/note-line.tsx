import { useState } from "preact/hooks";
import type { JSX } from "preact";
import type { MessageView } from "../../messages/answers.ts";
import { Icon } from "../components/icon.tsx";
import { announce } from "../components/live-regions.tsx";
import { Text, t } from "../i18n.tsx";
import { words } from "../words.ts";
import { BannerPanel, isInPlace, type BannerAction } from "./banner-panel.tsx";
import type { Note } from "./note.ts";
import { saveFile } from "./save-file.ts";

interface Props {
  readonly note: Note;
  readonly view: MessageView;
  readonly contents: ReadonlyMap<string, Uint8Array>;
  readonly onAction: (action: BannerAction) => void;
}

/** One line under the banner, with what can be done about it. */
export function NoteLine({ note, view, contents, onAction }: Props): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const { id, tone, icon, headline, sentence, action, prepared = null, file } = note;
  const save = (): void => {
    if (file === undefined) return;
    const name = file.name === "" ? t("attachment_unnamed") : file.name;
    saveFile(contents.get(file.path) ?? new Uint8Array(), name);
    announce(words("attachment_saved", { name }));
  };
  return (
    <li class={`note tone-${tone}`} data-note={id}>
      <span class="note-icon">
        <Icon name={icon} />
      </span>
      <span>
        <strong>
          <Text words={headline} />.
        </strong>{" "}
        <Text words={sentence} />
      </span>
      {action && (
        <button
          type="button"
          class="quiet"
          {...(isInPlace(action) && { "aria-expanded": isOpen })}
          onClick={() => {
            if (isInPlace(action)) setOpen(!isOpen);
            else if (action === "save-file") save();
            else onAction(action);
          }}
        >
          {t(`action_${action.replaceAll("-", "_")}`)}
        </button>
      )}
      {isOpen && action && isInPlace(action) && <BannerPanel {...{ action, prepared, view, contents, onAction }} />}
    </li>
  );
}
