import type { MessageView } from "../../messages/answers.ts";

/** The path of the S/MIME part below the root that a part stands in; empty for the message's own. */
function layerOf({ nested }: MessageView, path: string): string {
  return nested.find((part) => path === part.path || path.startsWith(`${part.path}.`))?.path ?? "";
}

/** Whether two parts stand in the same cryptographic layer: only then may one show the other (attack 14). */
export const isSameLayer = (view: MessageView, path: string, other: string): boolean =>
  layerOf(view, path) === layerOf(view, other);
