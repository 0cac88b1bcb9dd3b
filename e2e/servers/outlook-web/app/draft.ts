import { itemId, SessionEnded, typed, type ItemId, type MailboxJson, type Service } from "./service.ts";

export interface DraftFields {
  readonly to: readonly MailboxJson[];
  readonly cc: readonly MailboxJson[];
  readonly bcc: readonly MailboxJson[];
  readonly subject: string;
  readonly html: string;
}

/** What a reply refers to. */
export interface Thread {
  readonly inReplyTo: string;
  readonly references: string;
}

export interface Draft {
  /** null before the first save. */
  readonly id: () => string | null;
  readonly save: (fields: DraftFields) => Promise<string>;
  readonly attach: (name: string, type: string, base64: string) => Promise<void>;
  readonly send: (fields: DraftFields) => Promise<void>;
  readonly discard: () => Promise<void>;
}

const sent = typed("TargetFolderId", { BaseFolderId: typed("DistinguishedFolderId", { Id: "sentitems" }) });

const message = (fields: DraftFields, thread: Thread | null): object =>
  typed("Message", {
    Subject: fields.subject,
    Body: typed("BodyContentType", { BodyType: "HTML", Value: fields.html }),
    ToRecipients: fields.to,
    CcRecipients: fields.cc,
    BccRecipients: fields.bcc,
    ...(thread === null ? {} : { InReplyTo: thread.inReplyTo, References: thread.references }),
  });

const updates = ({ to, cc, bcc, subject, html }: DraftFields): object[] => {
  const set = (FieldURI: string, member: object): object =>
    typed("SetItemField", { Path: typed("PropertyUri", { FieldURI }), Item: typed("Message", member) });
  return [
    set("item:Subject", { Subject: subject }),
    set("item:Body", { Body: typed("BodyContentType", { BodyType: "HTML", Value: html }) }),
    set("message:ToRecipients", { ToRecipients: to }),
    set("message:CcRecipients", { CcRecipients: cc }),
    set("message:BccRecipients", { BccRecipients: bcc }),
  ];
};

/** A message in the Drafts folder, from its first save until it is sent or discarded. Calls follow one another. */
export function createDraft(service: Service, thread: Thread | null, existing: ItemId | null): Draft {
  let saved = existing;
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <Result>(act: () => Promise<Result>): Promise<Result> => {
    const next = last.then(act, act);
    last = next.catch(() => undefined);
    return next;
  };
  const update = (id: ItemId, fields: DraftFields, disposition: string): Promise<unknown> =>
    service.call("UpdateItem", {
      ConflictResolution: "AlwaysOverwrite",
      ItemChanges: [{ ItemId: itemId(id), Updates: updates(fields) }],
      ComposeOperation: "newMail",
      MessageDisposition: disposition,
      SendCalendarInvitationsOrCancellations: "SendToNone",
      SuppressReadReceipts: false,
      ...(disposition === "SaveOnly" ? {} : { SavedItemFolderId: sent }),
    });
  const create = async (fields: DraftFields, disposition: string): Promise<ItemId | null> => {
    const [answer] = await service.call("CreateItem", {
      Items: [message(fields, thread)],
      ComposeOperation: "newMail",
      MessageDisposition: disposition,
      ...(disposition === "SaveOnly" ? {} : { SavedItemFolderId: sent }),
    });
    return (answer?.["Items"] as { ItemId: ItemId }[])[0]?.ItemId ?? null;
  };
  const saveNow = async (fields: DraftFields): Promise<string> => {
    if (saved === null) saved = await create(fields, "SaveOnly");
    else await update({ Id: saved.Id }, fields, "SaveOnly");
    return saved?.Id ?? "";
  };
  return {
    id: () => saved?.Id ?? null,
    save: (fields) => inTurn(() => saveNow(fields)),
    attach: (Name, ContentType, Content) =>
      inTurn(async () => {
        if (saved === null) throw new Error("the draft is not saved yet");
        await service.call("CreateAttachment", {
          ParentItemId: itemId({ Id: saved.Id }),
          Attachments: [typed("FileAttachment", { Name, ContentType, Content })],
        });
      }),
    send: (fields) =>
      inTurn(async () => {
        if (saved === null) await create(fields, "SendAndSaveCopy");
        else await update({ Id: saved.Id }, fields, "SendAndSaveCopy");
      }),
    discard: () =>
      inTurn(async () => {
        const gone = saved;
        saved = null;
        if (gone === null) return;
        const request = { ItemIds: [itemId({ Id: gone.Id })], DeleteType: "MoveToDeletedItems" };
        // A draft that was deleted elsewhere is discarded already.
        await service.call("DeleteItem", request).catch((error: unknown) => {
          if (error instanceof SessionEnded) throw error;
        });
      }),
  };
}
