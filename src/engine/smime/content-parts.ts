import { type Entity, isEmbeddedMessage, isMultipart } from "../mime/entity.ts";
import type { LayerVerdict, MessageVerdict } from "../verdicts.ts";

/** What of the message's protection holds for a part: a signature counts only where the message's verdict has it fit. */
export type Covered = "signed+encrypted" | "signed" | "encrypted" | "none";

/** A leaf of the innermost entity; an attached message is one leaf. */
export interface ContentPart {
  readonly entity: Entity;
  readonly covered: Covered;
}

export function contentParts(
  content: Entity,
  layers: readonly LayerVerdict[],
  { signature }: MessageVerdict,
): ContentPart[] {
  const isSigned = signature !== "none" && signature !== "invalid" && signature !== "unsupported";
  const isEncrypted = layers.some((layer) => "cipher" in layer);
  const both = isEncrypted ? "signed+encrypted" : "signed";
  const covered = isSigned ? both : isEncrypted ? "encrypted" : "none";
  return leaves(content).map((entity) => ({ entity, covered }));
}

function leaves(entity: Entity): Entity[] {
  if (isEmbeddedMessage(entity.contentType) || !isMultipart(entity)) return [entity];
  return entity.children.flatMap(leaves);
}
