import { isMultipart, type Entity } from "../../engine/mime/entity.ts";
import type { PartRole } from "../../messages/answers.ts";

/** Whether HTML of the message may be shown as HTML, or only its words (attack 24). */
export type HtmlPolicy = "formatted" | "words-only";

const isReadable = ({ contentType: { type }, disposition }: Entity): boolean =>
  (type === "text/plain" || type === "text/html") && disposition.type !== "attachment" && disposition.filename === null;

const hasReadable = (entity: Entity): boolean =>
  isMultipart(entity) ? entity.children.some(hasReadable) : isReadable(entity);

function leafRole(entity: Entity, policy: HtmlPolicy): PartRole {
  if (!isReadable(entity)) return "attachment";
  if (entity.contentType.type === "text/plain") return "text";
  return policy === "formatted" ? "html" : "html-as-text";
}

const hasPlain = (entity: Entity): boolean =>
  isMultipart(entity) ? entity.children.some(hasPlain) : isReadable(entity) && entity.contentType.type === "text/plain";

/** The last form that can be shown is the best (RFC 2046 section 5.1.4); the plain one where HTML may not be shown. */
function chooseAlternative(entity: Entity, policy: HtmlPolicy): Entity | undefined {
  const plain = policy === "words-only" ? entity.children.findLast(hasPlain) : undefined;
  return plain ?? entity.children.findLast(hasReadable);
}

function assign(entity: Entity, policy: HtmlPolicy, roles: Map<Entity, PartRole>): void {
  const { type } = entity.contentType;
  if (!isMultipart(entity)) {
    roles.set(entity, leafRole(entity, policy));
    return;
  }
  const chosen = type === "multipart/alternative" ? chooseAlternative(entity, policy) : undefined;
  const root = type === "multipart/related" ? entity.children.find(hasReadable) : undefined;
  for (const child of entity.children) {
    if (chosen !== undefined && child !== chosen) {
      assignAll(child, "alternative", roles);
    } else if (root !== undefined && child !== root && child.contentType.type.startsWith("image/")) {
      roles.set(child, "related");
    } else {
      assign(child, policy, roles);
    }
  }
}

/** Other forms of what is shown; a file among them (a calendar entry) can still be saved. */
function assignAll(entity: Entity, role: PartRole, roles: Map<Entity, PartRole>): void {
  if (isMultipart(entity)) for (const child of entity.children) assignAll(child, role, roles);
  else roles.set(entity, isReadable(entity) ? role : "attachment");
}

/** What becomes of each leaf: every text part is shown on its own, never joined with another (attacks 12, 13, 23). */
export function displayedParts(content: Entity, policy: HtmlPolicy): ReadonlyMap<Entity, PartRole> {
  const roles = new Map<Entity, PartRole>();
  assign(content, policy, roles);
  return roles;
}
