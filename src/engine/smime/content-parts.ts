import { type Entity, isEmbeddedMessage, isMultipart } from "../mime/entity.ts";
import { leafText } from "../mime/transfer-encoding.ts";
import type { LayerVerdict, MessageVerdict } from "../verdicts.ts";
import { hasLegacyDisplay, textWithoutLegacyDisplay } from "./legacy-display.ts";
import type { ProtectedHeader } from "./protected-header.ts";

/** What of the message's protection holds for a part: a signature counts only where the message's verdict has it fit. */
export type Covered = "signed+encrypted" | "signed" | "encrypted" | "none";

/** A leaf of the innermost entity; an attached message is one leaf. */
export interface ContentPart {
  readonly entity: Entity;
  readonly covered: Covered;
  /** It begins with protected fields for programs that know none (RFC 9788 section 4.5.3). */
  readonly hasLegacyDisplay: boolean;
}

export function contentParts(
  content: Entity,
  layers: readonly LayerVerdict[],
  { signature }: MessageVerdict,
  protection: Pick<ProtectedHeader, "intent"> | null,
): ContentPart[] {
  const isSigned = signature !== "none" && signature !== "invalid" && signature !== "unsupported";
  const isEncrypted = layers.some((layer) => "cipher" in layer);
  const both = isEncrypted ? "signed+encrypted" : "signed";
  const covered = isSigned ? both : isEncrypted ? "encrypted" : "none";
  const mayRepeat = isEncrypted && protection?.intent === "cipher";
  return leaves(content).map((entity) => ({
    entity,
    covered,
    hasLegacyDisplay: mayRepeat && hasLegacyDisplay(entity),
  }));
}

/** The text of a text part as it is shown. */
export function shownText({ entity, hasLegacyDisplay: isRepeated }: ContentPart): string {
  return isRepeated ? textWithoutLegacyDisplay(entity) : leafText(entity);
}

function leaves(entity: Entity): Entity[] {
  if (isEmbeddedMessage(entity.contentType) || !isMultipart(entity)) return [entity];
  return entity.children.flatMap(leaves);
}
