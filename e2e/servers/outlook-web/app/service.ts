/** The page's own client of the service. */

export interface MailboxJson {
  readonly Name: string;
  readonly EmailAddress: string;
}
export interface ItemId {
  readonly Id: string;
  readonly ChangeKey?: string;
}
export interface AttachmentJson {
  readonly AttachmentId: { readonly Id: string };
  readonly Name: string;
  readonly Size: number;
  readonly IsInline: boolean;
}
export interface Message {
  readonly ItemId: ItemId;
  readonly ItemClass: string;
  readonly Subject: string;
  readonly DateTimeReceived: string;
  readonly From?: { readonly Mailbox: MailboxJson };
  readonly ToRecipients: readonly MailboxJson[];
  readonly CcRecipients: readonly MailboxJson[];
  readonly BccRecipients?: readonly MailboxJson[];
  readonly Body: { readonly BodyType: "HTML" | "Text"; readonly Value: string } | null;
  readonly Preview: string;
  readonly ConversationId: { readonly Id: string };
  readonly Attachments: readonly AttachmentJson[];
  readonly HasAttachments: boolean;
  readonly IsDraft: boolean;
  readonly IsRead: boolean;
  readonly InternetMessageId: string;
  readonly References?: string;
}

export type ServiceItem = Readonly<Record<string, unknown>>;

const cookie = (name: string): string =>
  document.cookie
    .split("; ")
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1) ?? "";

export const canary = (): string => cookie("X-OWA-CANARY");

const PROPERTIES = [
  ...["item:ItemClass", "item:Subject", "item:DateTimeReceived", "item:HasAttachments", "item:Attachments"],
  ...["item:Body", "item:Preview", "item:ConversationId", "item:IsDraft", "message:IsRead", "message:From"],
  ...["message:ToRecipients", "message:CcRecipients", "message:BccRecipients"],
  ...["message:InternetMessageId", "message:References"],
];

export const typed = (type: string, members: object): object => ({ __type: `${type}:#Exchange`, ...members });
export const itemId = ({ Id, ChangeKey }: ItemId): object => typed("ItemId", { Id, ChangeKey });
const shape = typed("ItemResponseShape", {
  BaseShape: "IdOnly",
  AdditionalProperties: PROPERTIES.map((FieldURI) => typed("PropertyUri", { FieldURI })),
});

export class SessionEnded extends Error {}

export interface Service {
  readonly call: (action: string, body: object) => Promise<readonly ServiceItem[]>;
  readonly messages: (folder: string) => Promise<readonly Message[]>;
  readonly message: (id: string) => Promise<Message>;
  readonly conversation: (id: string) => Promise<readonly Message[]>;
}

/** For one mailbox: the user's own, or a shared one by its address. */
export function serviceFor(shared: string | null): Service {
  const call: Service["call"] = async (action, body) => {
    const explicit: Record<string, string> =
      shared === null
        ? {}
        : {
            "x-owa-explicitlogonuser": shared,
            "x-anchormailbox": shared,
            "x-customowascenariodata": "MailboxAccess:SharedMailbox,ExplicitLogon",
          };
    const response = await fetch(`/owa/service.svc?action=${action}&app=Mail`, {
      method: "POST",
      headers: {
        "Content-Type": "application/json; charset=utf-8",
        Action: action,
        "X-OWA-CANARY": canary(),
        ...explicit,
      },
      body: JSON.stringify(
        typed(`${action}JsonRequest`, {
          Header: typed("JsonRequestHeaders", { RequestServerVersion: "V2018_01_08" }),
          Body: typed(`${action}Request`, body),
        }),
      ),
    });
    const isJson = response.headers.get("Content-Type")?.startsWith("application/json") === true;
    if (response.status === 401 || response.status === 440 || (response.ok && !isJson)) throw new SessionEnded();
    if (!response.ok) throw new Error(`The server answered ${String(response.status)}.`);
    const answer = (await response.json()) as { Body: { ResponseMessages: { Items: ServiceItem[] } } };
    const items = answer.Body.ResponseMessages.Items;
    const failed = items.find((item) => item["ResponseClass"] === "Error");
    if (failed !== undefined) throw new Error(String(failed["MessageText"]));
    return items;
  };
  return {
    call,
    messages: async (folder) => {
      const [found] = await call("FindItem", {
        ItemShape: shape,
        ParentFolderIds: [typed("DistinguishedFolderId", { Id: folder })],
        Traversal: "Shallow",
        Paging: typed("IndexedPageView", { BasePoint: "Beginning", Offset: 0, MaxEntriesReturned: 100 }),
      });
      return (found?.["RootFolder"] as { Items: Message[] }).Items;
    },
    message: async (id) => {
      const [found] = await call("GetItem", { ItemShape: shape, ItemIds: [itemId({ Id: id })] });
      const [message] = found?.["Items"] as Message[];
      if (message === undefined) throw new Error("The message is gone.");
      return message;
    },
    conversation: async (id) => {
      const Conversations = [{ ConversationId: typed("ItemId", { Id: id }) }];
      const [found] = await call("GetConversationItems", { ItemShape: shape, Conversations });
      const { ConversationNodes } = found?.["Conversation"] as { ConversationNodes: { Items: Message[] }[] };
      return ConversationNodes.flatMap(({ Items }) => Items).filter(({ IsDraft }) => !IsDraft);
    },
  };
}
