import { objectAt, objectsAt, requireType, textAt, type Json, type JsonObject } from "../json.ts";
import type { PostOffice, User } from "../post-office.ts";
import { ServiceError } from "../service-error.ts";
import { isProperty, type Shape } from "../item-json.ts";
import type { FolderName, Item } from "../store/item.ts";
import { FOLDERS } from "../store/item.ts";
import type { MailboxStore } from "../store/mailbox.ts";

export interface ActionContext {
  readonly user: User;
  /** The user's own, or the shared one that the request names. */
  readonly mailbox: MailboxStore;
  readonly office: PostOffice;
  readonly maxMessageBytes: number;
}

/** One answer for each item asked for, in order; what is thrown for one does not stop the others. */
export type Action = (body: JsonObject, context: ActionContext) => readonly (() => ResponseMembers)[];
/** What an answer holds beside its class and code. */
export type ResponseMembers = JsonObject;

export function itemById({ mailbox }: ActionContext, reference: JsonObject): Item {
  requireType(reference, "ItemId");
  const id = textAt(reference, "Id");
  const item = mailbox.get(id);
  if (item !== undefined) return item;
  if (!/^AAMk[\w+/=-]+$/.test(id)) throw new ServiceError("ErrorInvalidIdMalformed", "Id is malformed.");
  throw new ServiceError("ErrorItemNotFound", "The specified object was not found in the store.");
}

export function shapeOf(value: JsonObject): Shape {
  requireType(value, "ItemResponseShape");
  const base = textAt(value, "BaseShape");
  if (base !== "IdOnly" && base !== "Default" && base !== "AllProperties") {
    throw new ServiceError("ErrorSchemaValidation", `BaseShape ${base}`);
  }
  const additional = objectsAt(value, "AdditionalProperties").map((property) => {
    requireType(property, "PropertyUri");
    return textAt(property, "FieldURI");
  });
  const unknown = additional.find((uri) => !isProperty(uri));
  if (unknown !== undefined) throw new ServiceError("ErrorInvalidPropertyRequest", `Property ${unknown} is not known`);
  return { base, additional, isMimeWanted: value["IncludeMimeContent"] === true };
}

export function folderByName(reference: JsonObject): FolderName {
  requireType(reference, "DistinguishedFolderId", "FolderId");
  const id = textAt(reference, "Id");
  const folder = FOLDERS.find((name) => name === id);
  if (folder === undefined) throw new ServiceError("ErrorFolderNotFound", "The specified folder could not be found.");
  return folder;
}

/** `SavedItemFolderId`: a folder id in it that is not wrapped in a TargetFolderId is refused (outlook-web.md 2.2). */
export function targetFolder(body: JsonObject): FolderName | undefined {
  const target = body["SavedItemFolderId"];
  if (target === undefined || target === null) return undefined;
  const wrapped = objectAt(body, "SavedItemFolderId");
  requireType(wrapped, "TargetFolderId");
  return folderByName(objectAt(wrapped, "BaseFolderId"));
}

export type Disposition = "SaveOnly" | "SendOnly" | "SendAndSaveCopy";

export function dispositionOf(body: JsonObject): Disposition {
  const given: Json | undefined = body["MessageDisposition"];
  if (given === "SaveOnly" || given === "SendOnly" || given === "SendAndSaveCopy") return given;
  throw new ServiceError("ErrorMessageDispositionRequired", "Message disposition is required.");
}
