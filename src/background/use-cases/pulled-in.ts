import type { Entity } from "../../engine/mime/entity.ts";
import { fieldValue } from "../../engine/mime/header-field.ts";
import { shownText, type ContentPart } from "../../engine/smime/content-parts.ts";

const within = (entity: Entity): readonly Entity[] => [entity, ...entity.children.flatMap(within)];

/** Content-ID without its brackets (RFC 2392 section 2), as a `cid:` address has it. */
const contentId = (entity: Entity): string | null =>
  /^\s*<([^<>]+)>\s*$/.exec(fieldValue(entity, "Content-ID") ?? "")?.[1] ?? null;

const decoded = (address: string): string => {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
};

/**
 * Whether HTML outside a signed part refers to it, or to something in it, by `cid:`. No list and no gateway does that: it
 * lets signed words stand among others (attack 14).
 */
export function pullsIn(parts: readonly ContentPart[], core: Entity): boolean {
  const inside = within(core);
  const names = new Set(inside.flatMap((entity) => contentId(entity) ?? []));
  if (names.size === 0) return false;
  return parts.some((part) => {
    if (part.entity.contentType.type !== "text/html" || inside.includes(part.entity)) return false;
    return [...shownText(part).matchAll(/cid:([^"'\s>)]+)/gi)].some(([, address = ""]) => names.has(decoded(address)));
  });
}
