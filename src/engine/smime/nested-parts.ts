import { ContentType } from "../asn1/oids.ts";
import { readContentInfo } from "../cms/content-info.ts";
import { SmimeError } from "../errors.ts";
import { MAX_OPENED_PARTS } from "../limits.ts";
import type { Entity } from "../mime/entity.ts";
import type { OpenOptions, OpenedMessage } from "./open.ts";
import { claimsCms, cmsOctets, multipartSignedParts } from "./smime-part.ts";

/** An S/MIME entity that is not at the root of the message: attached, forwarded, or surrounded by other text. */
export interface NestedPart {
  readonly path: string;
  readonly type: string;
  readonly entity: Entity;
  /** Only where it was asked for; `error` where it could not be opened. */
  readonly opened: OpenedMessage | SmimeError | null;
}

/** Names of the content types that are met, by OID. */
const TYPES: ReadonlyMap<string, string> = new Map([
  [ContentType.signedData, "signed-data"],
  [ContentType.envelopedData, "enveloped-data"],
  [ContentType.authEnvelopedData, "authenveloped-data"],
  [ContentType.compressedData, "compressed-data"],
  [ContentType.digestedData, "digested-data"],
]);

type OpenEntity = (entity: Entity, options: OpenOptions) => Promise<OpenedMessage>;

/** Finds them in document order; what is inside one belongs to it. */
export async function findNestedParts(
  content: Entity,
  options: OpenOptions,
  openEntity: OpenEntity,
): Promise<NestedPart[]> {
  const found = content.children.flatMap(findIn);
  if (!options.nested) return found.map((part) => ({ ...part, opened: null }));
  const opened: NestedPart[] = [];
  // One after the other: each may be as large as the message.
  for (const [index, part] of found.entries()) {
    const result =
      index < MAX_OPENED_PARTS
        ? await openPart(part.entity, options, openEntity)
        : new SmimeError("limit.exceeded", { limit: "opened-parts" });
    opened.push({ ...part, opened: result });
  }
  return opened;
}

function findIn(entity: Entity): Omit<NestedPart, "opened">[] {
  const type = smimeType(entity);
  return type === null ? entity.children.flatMap(findIn) : [{ path: entity.path, type, entity }];
}

/** What S/MIME an entity is, by its OID and not by what it says of itself (attack 59); `null` for anything else. */
export function smimeType(entity: Entity): string | null {
  if (multipartSignedParts(entity)) return "multipart-signed";
  if (claimsCms(entity) === "no") return null;
  try {
    return TYPES.get(readContentInfo(cmsOctets(entity)).contentType) ?? null;
  } catch (error) {
    if (error instanceof SmimeError) return null;
    throw error;
  }
}

async function openPart(
  entity: Entity,
  options: OpenOptions,
  openEntity: OpenEntity,
): Promise<OpenedMessage | SmimeError> {
  try {
    return await openEntity(entity, { ...options, nested: false });
  } catch (error) {
    if (error instanceof SmimeError) return error;
    throw error;
  }
}
