import { useState } from "preact/hooks";
import type { JSX } from "preact";
import type { MessageView } from "../../messages/answers.ts";
import { Switch } from "../components/switch.tsx";
import { t } from "../i18n.tsx";
import { AttachedMessages } from "./attached-messages.tsx";
import { Attachments, NestedParts } from "./attachments.tsx";
import { Body } from "./body.tsx";
import { isTextOnly as setting } from "./frame-state.ts";

interface Props {
  readonly view: MessageView;
  readonly contents: ReadonlyMap<string, Uint8Array>;
}

const hasFormats = ({ parts }: MessageView): boolean => parts.some(({ role }) => role === "html");

/** What a message says, in our own frame: text, files, and messages inside it. */
export function Viewer({ view, contents }: Props): JSX.Element {
  const [isTextOnly, setTextOnly] = useState(setting.value);
  return (
    <div class="viewer">
      {hasFormats(view) && (
        <div class="viewer-bar">
          <Switch label={t("viewer_text_only")} isOn={isTextOnly} onChange={setTextOnly} />
        </div>
      )}
      <Body view={view} contents={contents} isTextOnly={isTextOnly} />
      <Attachments view={view} contents={contents} />
      <AttachedMessages view={view} contents={contents} />
      <NestedParts view={view} contents={contents} />
    </div>
  );
}
