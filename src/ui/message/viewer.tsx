import type { JSX } from "preact";
import type { MessageView } from "../../messages/answers.ts";
import { AttachedMessages } from "./attached-messages.tsx";
import { Attachments, NestedParts } from "./attachments.tsx";
import { isTextOnly } from "./frame-state.ts";
import { ReadableBody } from "./readable-body.tsx";

interface Props {
  readonly view: MessageView;
  readonly contents: ReadonlyMap<string, Uint8Array>;
}

/** What a message says, in our own frame: text, files, and messages inside it. */
export function Viewer({ view, contents }: Props): JSX.Element {
  return (
    <div class="viewer">
      <ReadableBody view={view} contents={contents} isTextOnly={isTextOnly.value} />
      <Attachments view={view} contents={contents} />
      <AttachedMessages view={view} contents={contents} />
      <NestedParts view={view} contents={contents} />
    </div>
  );
}
