import { useState } from "preact/hooks";
import type { JSX } from "preact";
import type { MessageView } from "../../messages/answers.ts";
import { Switch } from "../components/switch.tsx";
import { t } from "../i18n.tsx";
import { Body } from "./body.tsx";

interface Props {
  readonly view: MessageView;
  readonly contents: ReadonlyMap<string, Uint8Array>;
  /** The person's setting `ShowTextOnly`; what is pressed here counts for this message. */
  readonly isTextOnly: boolean;
}

const hasFormats = ({ parts }: MessageView): boolean => parts.some(({ role }) => role === "html");

/** The text of a message, with the switch between its formats and its words alone. */
export function ReadableBody({ view, contents, isTextOnly }: Props): JSX.Element {
  const [pressed, setPressed] = useState<boolean | null>(null);
  const isOn = pressed ?? isTextOnly;
  return (
    <>
      {hasFormats(view) && (
        <div class="viewer-bar">
          <Switch label={t("viewer_text_only")} isOn={isOn} onChange={setPressed} />
        </div>
      )}
      <Body view={view} contents={contents} isTextOnly={isOn} />
    </>
  );
}
