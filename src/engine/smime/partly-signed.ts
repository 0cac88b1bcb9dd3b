import { type Entity, isMultipart } from "../mime/entity.ts";
import { decodeEncodedWords } from "../mime/encoded-word.ts";
import { type HeaderOwner, fieldValue } from "../mime/header-field.ts";
import { harmlessText } from "../mime/harmless-text.ts";
import { smimeType } from "./nested-parts.ts";

/** A signed part that others put text around. It says nothing of the message (RFC 9787 section 4.5, attack 12). */
export interface SignedCore {
  readonly entity: Entity;
  /**
   * Who says to have put the rest there: a mailing list, by its own fields, which anybody can write; else nobody. A list
   * adds words and no files.
   */
  readonly surroundedBy: "mailing-list" | "unknown";
  /** Name of the list, in one harmless line; `null` for none. */
  readonly list: string | null;
}

/** RFC 2919 and RFC 2369: fields that lists write. */
const LIST_FIELDS = ["List-Id", "List-Post", "List-Unsubscribe"] as const;

/**
 * The one signed part directly inside a multipart/mixed at the root, as lists and gateways make it; `null` where there
 * is none, or other S/MIME beside it. Further inside, or in other multiparts, it is no message with something around it.
 */
export function signedCore(root: Entity, message: HeaderOwner): SignedCore | null {
  if (root.contentType.type !== "multipart/mixed" || root.children.length < 2) return null;
  const types = root.children.map(smimeType);
  const index = types.findIndex((type) => type !== null);
  const [type, ...others] = types.filter((found) => found !== null);
  const entity = root.children[index];
  if (!entity || others.length > 0 || (type !== "multipart-signed" && type !== "signed-data")) return null;
  const isList = LIST_FIELDS.some((name) => fieldValue(message, name) !== null);
  const isWords = root.children.every((child) => child === entity || isText(child));
  if (!isList || !isWords) return { entity, surroundedBy: "unknown", list: null };
  return { entity, surroundedBy: "mailing-list", list: listName(message) };
}

function isText(entity: Entity): boolean {
  if (isMultipart(entity)) return entity.contentType.type === "multipart/alternative" && entity.children.every(isText);
  return entity.contentType.type.startsWith("text/") && entity.disposition.type !== "attachment";
}

/** `List-Id: phrase <id>` (RFC 2919 section 2): the phrase, or the id where there is none. */
function listName(message: HeaderOwner): string | null {
  const value = harmlessText(decodeEncodedWords(fieldValue(message, "List-Id") ?? "")).trim();
  const [, phrase = "", id = ""] = /^"?([^<"]*)"?\s*<([^<>]*)>/.exec(value) ?? [];
  return phrase.trim() || id || null;
}
