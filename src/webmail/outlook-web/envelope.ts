/** The JSON of Outlook's `service.svc` (outlook-web.md 2.1, 2.2). `__type` comes first: its reader asks for it. */
export type Action =
  "GetItem" | "CreateItem" | "UpdateItem" | "DeleteItem" | "GetConversationItems" | "FindItem" | "FindPeople";

const HEADER = { __type: "JsonRequestHeaders:#Exchange", RequestServerVersion: "Exchange2013" } as const;

/** Where the octets of a message go as base64: in JSON, what people have written has its quotation marks escaped. */
const MIME_PLACE = '"Value":"';

/**
 * @param mime octets for the `MimeContent` of `body`. They go around the JSON, as a part of a Blob: written into it, 25 MB
 *   were copied three times more.
 */
export function requestOf(action: Action, body: Readonly<Record<string, unknown>>, mime?: Uint8Array): string | Blob {
  const json = JSON.stringify({
    __type: `${action}JsonRequest:#Exchange`,
    Header: HEADER,
    Body: { __type: `${action}Request:#Exchange`, ...body },
  });
  if (mime === undefined) return json;
  const at = json.indexOf(MIME_PLACE) + MIME_PLACE.length;
  return new Blob([json.slice(0, at), mime.toBase64(), json.slice(at)]);
}

const itemId = (id: string): unknown => ({ __type: "ItemId:#Exchange", Id: id });
const property = (name: string): unknown => ({ __type: "PropertyUri:#Exchange", FieldURI: name });

export function getItem(id: string, shape: "mime" | "state"): Readonly<Record<string, unknown>> {
  const properties =
    shape === "mime" ? ["item:Size"] : ["item:IsDraft", "item:ConversationId", "message:InternetMessageId"];
  return {
    ItemShape: {
      __type: "ItemResponseShape:#Exchange",
      BaseShape: "IdOnly",
      ...(shape === "mime" ? { IncludeMimeContent: true } : {}),
      AdditionalProperties: properties.map(property),
    },
    ItemIds: [itemId(id)],
  };
}

/** Keeps a message as a draft, byte for byte. Bcc stands beside it: it must not be in the MIME, which `requestOf` puts in. */
export function saveDraft(bcc: readonly string[]): Readonly<Record<string, unknown>> {
  return {
    Items: [
      {
        __type: "Message:#Exchange",
        MimeContent: { CharacterSet: "UTF-8", Value: "" },
        ...(bcc.length === 0
          ? {}
          : { BccRecipients: bcc.map((address) => ({ Name: address, EmailAddress: address })) }),
      },
    ],
    MessageDisposition: "SaveOnly",
  };
}

/** Sends a draft that the server has. A second time it is no draft any more and is refused: nobody gets it twice. */
export function sendDraft(id: string): Readonly<Record<string, unknown>> {
  return {
    ConflictResolution: "AlwaysOverwrite",
    ItemChanges: [{ __type: "ItemChange:#Exchange", ItemId: itemId(id), Updates: [] }],
    ComposeOperation: "newMail",
    MessageDisposition: "SendAndSaveCopy",
    SendCalendarInvitationsOrCancellations: "SendToNone",
    SuppressReadReceipts: false,
  };
}

export function deleteItem(id: string): Readonly<Record<string, unknown>> {
  return { ItemIds: [itemId(id)], DeleteType: "HardDelete" };
}

export function getConversationItems(conversationId: string): Readonly<Record<string, unknown>> {
  return {
    Conversations: [
      {
        __type: "ConversationRequestType:#Exchange",
        ConversationId: { __type: "ItemId:#Exchange", Id: conversationId },
      },
    ],
    ItemShape: {
      __type: "ItemResponseShape:#Exchange",
      BaseShape: "IdOnly",
      AdditionalProperties: [property("message:InternetMessageId"), property("item:IsDraft")],
    },
  };
}

/** The newest items of a folder. */
export function findItem(folder: string, count: number): Readonly<Record<string, unknown>> {
  const properties = [
    ...["item:Subject", "item:ItemClass", "item:DateTimeReceived", "message:From", "message:InternetMessageId"],
  ];
  return {
    ItemShape: {
      __type: "ItemResponseShape:#Exchange",
      BaseShape: "IdOnly",
      AdditionalProperties: properties.map(property),
    },
    ParentFolderIds: [{ __type: "DistinguishedFolderId:#Exchange", Id: folder }],
    Traversal: "Shallow",
    Paging: {
      __type: "IndexedPageView:#Exchange",
      BasePoint: "Beginning",
      Offset: 0,
      MaxEntriesReturned: count,
    },
  };
}

/** People of the organisation's address book. */
export function findPeople(query: string, count: number): Readonly<Record<string, unknown>> {
  return {
    ParentFolderId: {
      __type: "TargetFolderId:#Exchange",
      BaseFolderId: { __type: "DistinguishedFolderId:#Exchange", Id: "directory" },
    },
    QueryString: query,
    PersonaShape: { __type: "PersonaResponseShape:#Exchange", BaseShape: "Default" },
    IndexedPageItemView: {
      __type: "IndexedPageView:#Exchange",
      BasePoint: "Beginning",
      Offset: 0,
      MaxEntriesReturned: count,
    },
  };
}

type Json = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** `a.b.0.c` of foreign JSON; `undefined` where there is none of its own. */
export function at(value: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (found, key) =>
        typeof found === "object" && found !== null && Object.hasOwn(found, key) ? (found as Json)[key] : undefined,
      value,
    );
}

/** Every object below `value` that `test` takes, in order; as deep as an answer of the server is. */
export function* objectsIn(value: unknown, depth = 12): Generator<Json> {
  if (typeof value !== "object" || value === null || depth === 0) return;
  if (isObject(value)) yield value;
  for (const child of Object.values(value)) yield* objectsIn(child, depth - 1);
}
