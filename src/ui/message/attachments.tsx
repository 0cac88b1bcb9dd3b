import type { JSX } from "preact";
import type { MessageView } from "../../messages/answers.ts";
import { ForeignText } from "../components/foreign-text.tsx";
import { Icon } from "../components/icon.tsx";
import { formatSize, t } from "../i18n.tsx";
import { announce } from "../components/live-regions.tsx";
import { safeFileName } from "./safe-file-name.ts";
import { saveFile } from "./save-file.ts";
import { words } from "../words.ts";

interface Props {
  readonly view: MessageView;
  readonly contents: ReadonlyMap<string, Uint8Array>;
}

interface Entry {
  readonly path: string;
  readonly name: string;
  readonly remark: string;
}

function FileList({
  entries,
  contents,
}: { readonly entries: readonly Entry[] } & Pick<Props, "contents">): JSX.Element {
  const save = ({ path, name }: Entry): void => {
    saveFile(contents.get(path) ?? new Uint8Array(), name);
    announce(words("attachment_saved", { name }));
  };
  return (
    <ul class="files">
      {entries.map((entry) => (
        <li key={entry.path}>
          <Icon name="paperclip" />
          <span class="file-name">
            <ForeignText text={entry.name} />
          </span>
          <span class="remark">{entry.remark}</span>
          <button
            type="button"
            aria-label={t("attachment_save", { name: entry.name })}
            onClick={() => {
              save(entry);
            }}
          >
            <Icon name="download" />
            {t("attachment_save_short")}
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Files of the message; what the signature does not cover says so. */
export function Attachments({ view, contents }: Props): JSX.Element | null {
  const { parts, verdict } = view;
  const isSigned = verdict.signature !== "none";
  const entries = parts
    .filter(({ role }) => role === "attachment" || role === "related")
    .map(({ path, name, size, covered }) => ({
      path,
      name: safeFileName(name, t("attachment_unnamed")),
      remark:
        isSigned && !covered.startsWith("signed")
          ? `${formatSize(size)}, ${t("attachment_uncovered")}`
          : formatSize(size),
    }));
  if (entries.length === 0) return null;
  return (
    <div class="attachments">
      <h3>{t("attachments_title")}</h3>
      <FileList entries={entries} contents={contents} />
    </div>
  );
}

/** S/MIME parts below the root: named and never opened here, since they say nothing about the message. */
export function NestedParts({ view, contents }: Props): JSX.Element | null {
  if (view.nested.length === 0) return null;
  const entries = view.nested.map(({ path, type }) => {
    const isEncrypted = type.startsWith("env") || type.startsWith("auth");
    return {
      path: `nested/${path}`,
      name: `part-${path}.eml`,
      remark: t(isEncrypted ? "nested_encrypted" : "nested_signed"),
    };
  });
  return (
    <div class="attachments">
      <h3>{t("nested_title")}</h3>
      <p class="hint">{t("nested_lead")}</p>
      <FileList entries={entries} contents={contents} />
    </div>
  );
}
