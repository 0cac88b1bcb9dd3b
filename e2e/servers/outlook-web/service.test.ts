import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { itemIds, mimeMessage, mimeShape, request, signIn, type Client } from "./client.ts";
import type { JsonObject } from "./json.ts";
import { startOutlookWeb, type OutlookWeb, type TestMailbox } from "./start.ts";

const USERS = [
  { name: "Alice Archer", email: "alice@practice.example", shared: ["team@practice.example"] },
  { name: "Bob Baker", email: "bob@practice.example" },
  { name: "Team", email: "team@practice.example" },
];
const BODY = "Content-Type: multipart/signed; boundary=b\r\n\r\n--b\r\n\r\ntext\r\n--b\r\n\r\nsig\r\n--b--\r\n";
const message = (subject: string, more = ""): string =>
  `From: Alice <alice@practice.example>\r\nTo: bob@practice.example\r\nSubject: ${subject}\r\nMessage-ID: <${subject}@x>\r\n${more}MIME-Version: 1.0\r\n${BODY}`;
const SENT = {
  __type: "TargetFolderId:#Exchange",
  BaseFolderId: { __type: "DistinguishedFolderId:#Exchange", Id: "sentitems" },
};

let server: OutlookWeb;
let alice: Client;
let own: TestMailbox;
const bobsInbox = (): string[] =>
  server
    .mailbox("bob@practice.example")
    .inbox()
    .map(({ subject }) => subject);
const code = (answer: JsonObject): unknown => answer["ResponseCode"];
const firstItem = (answer: JsonObject): JsonObject => (answer["Items"] as JsonObject[])[0] ?? {};
const send = (item: JsonObject, more: JsonObject = {}): Promise<JsonObject> =>
  alice.call("CreateItem", { Items: [item], SavedItemFolderId: SENT, MessageDisposition: "SendAndSaveCopy", ...more });

beforeAll(async () => {
  server = await startOutlookWeb({ users: USERS, maxMessageBytes: 10_000 });
  alice = await signIn(server.url, "alice");
  own = server.mailbox("alice@practice.example");
});
beforeEach(() => {
  server.faults.clear();
});
afterAll(() => server.close());

describe("reading", () => {
  it("gives the MIME content of a message, with the signed entity unchanged", async () => {
    const id = own.deliver(message("read"));
    const answer = await alice.call("GetItem", { ItemShape: mimeShape, ItemIds: itemIds(id) });
    expect(code(answer)).toBe("NoError");
    const item = firstItem(answer);
    expect(item["ItemClass"]).toBe("IPM.Note.SMIME.MultipartSigned");
    const mime = Buffer.from((item["MimeContent"] as { Value: string }).Value, "base64");
    expect(mime).toEqual(own.raw(id));
    expect(mime.toString().endsWith(BODY)).toBe(true);
  });

  it("leaves MIME content out where the size is not asked for", async () => {
    const id = own.deliver(message("no size"));
    const shape = { ...mimeShape, AdditionalProperties: [] };
    const answer = await alice.call("GetItem", { ItemShape: shape, ItemIds: itemIds(id) });
    expect(firstItem(answer)["MimeContent"]).toBeUndefined();
  });

  it("names what is wrong with an id", async () => {
    const get = async (id: string): Promise<unknown> =>
      code(await alice.call("GetItem", { ItemShape: mimeShape, ItemIds: itemIds(id) }));
    expect(await get("nonsense")).toBe("ErrorInvalidIdMalformed");
    expect(await get("AAMkunknown=")).toBe("ErrorItemNotFound");
    expect(await get(server.mailbox("bob@practice.example").deliver(message("bob's")))).toBe("ErrorItemNotFound");
  });

  it("lists a folder and a conversation", async () => {
    own.deliver(message("first"));
    own.deliver(message("answer", "In-Reply-To: <first@x>\r\n"));
    const found = await alice.call("FindItem", {
      ItemShape: { ...mimeShape, BaseShape: "Default" },
      ParentFolderIds: [{ __type: "DistinguishedFolderId:#Exchange", Id: "inbox" }],
      Paging: { __type: "IndexedPageView:#Exchange", BasePoint: "Beginning", Offset: 0, MaxEntriesReturned: 1 },
    });
    const [newest] = (found["RootFolder"] as { Items: JsonObject[] }).Items;
    expect([newest?.["Subject"], newest?.["MimeContent"]]).toEqual(["answer", undefined]);
    const conversation = await alice.call("GetConversationItems", {
      ItemShape: mimeShape,
      Conversations: [{ ConversationId: newest?.["ConversationId"] ?? null }],
    });
    const { ConversationNodes } = conversation["Conversation"] as {
      ConversationNodes: { InternetMessageId: string }[];
    };
    expect(ConversationNodes.map(({ InternetMessageId }) => InternetMessageId)).toEqual(["<first@x>", "<answer@x>"]);
  });

  it("gives an attachment by address, for the canary only", async () => {
    const id = own.deliver(message("file"));
    const shape = { ...mimeShape, BaseShape: "AllProperties" };
    const item = firstItem(await alice.call("GetItem", { ItemShape: shape, ItemIds: itemIds(id) }));
    const [file] = item["Attachments"] as { AttachmentId: { Id: string } }[];
    const get = (canary: string): Promise<Response> => {
      const query = new URLSearchParams({ id: file?.AttachmentId.Id ?? "", "X-OWA-CANARY": canary });
      return fetch(`${server.url}/owa/service.svc/s/GetFileAttachment?${query.toString()}`, { headers: alice.headers });
    };
    expect(await (await get(alice.headers["X-OWA-CANARY"] ?? "")).text()).toBe(BODY);
    expect((await get("wrong")).status).toBe(401);
  });
});

describe("sending", () => {
  it("delivers MIME, keeps a copy, tells no id, and shows Bcc to the sender alone", async () => {
    const answer = await send(
      mimeMessage(message("sent"), { BccRecipients: [{ Name: "Team", EmailAddress: "team@practice.example" }] }),
    );
    expect([code(answer), answer["Items"]]).toEqual(["NoError", []]);
    expect(own.sent()[0]).toMatchObject({ subject: "sent", messageId: "<sent@x>", bcc: ["team@practice.example"] });
    const [bobs] = server.mailbox("bob@practice.example").inbox();
    expect(bobs?.mime.toString().endsWith(BODY)).toBe(true);
    const [teams] = server.mailbox("team@practice.example").inbox();
    expect([teams?.subject, teams?.bcc, teams?.mime.includes("team@")]).toEqual(["sent", [], false]);
  });

  it("saves a draft of MIME and sends it by an update", async () => {
    const saved = await alice.call("CreateItem", {
      Items: [mimeMessage(message("draft"))],
      MessageDisposition: "SaveOnly",
    });
    const { ItemId } = firstItem(saved) as { ItemId: JsonObject };
    expect(own.drafts().map(({ id }) => id)).toContain(ItemId["Id"]);
    const answer = await alice.call("UpdateItem", {
      ConflictResolution: "AlwaysOverwrite",
      ItemChanges: [{ ItemId, Updates: [] }],
      ComposeOperation: "newMail",
      MessageDisposition: "SendAndSaveCopy",
      SavedItemFolderId: SENT,
    });
    expect(code(answer)).toBe("NoError");
    expect(own.drafts().map(({ subject }) => subject)).not.toContain("draft");
    expect(own.sent()[0]?.subject).toBe("draft");
    expect(bobsInbox()[0]).toBe("draft");
  });

  it("keeps what goes to other servers for tests to look at", async () => {
    await send(mimeMessage(message("outbound").replace("bob@practice", "dora@elsewhere")));
    expect(server.outbound.at(-1)).toMatchObject({ to: ["dora@elsewhere.example"] });
  });

  it.each<[string, string, JsonObject, JsonObject?]>([
    ["no recipient", "ErrorInvalidRecipients", mimeMessage(message("x").replace(/^To.*\r\n/m, ""))],
    ["another sender", "ErrorSendAsDenied", mimeMessage(message("x").replace("alice@", "bob@"))],
    ["no base64", "ErrorMimeContentInvalidBase64String", { ...mimeMessage(""), MimeContent: { Value: "%%" } }],
    ["no MIME", "ErrorMimeContentInvalid", mimeMessage("\0\0 no header")],
    ["a large message", "ErrorMessageSizeExceeded", mimeMessage(message("x") + "x".repeat(10_000))],
    ["a bare string", "ErrorSchemaValidation", { ...mimeMessage(""), MimeContent: "YQ==" }],
    ["no disposition", "ErrorMessageDispositionRequired", mimeMessage(message("x")), { MessageDisposition: null }],
  ])("refuses %s with %s, and sends nothing", async (_, expected, item, more) => {
    const before = own.sent().length;
    expect(code(await send(item, more))).toBe(expected);
    expect(own.sent()).toHaveLength(before);
  });

  it("refuses a folder id that no TargetFolderId holds", async () => {
    const folder = { __type: "FolderId:#Exchange", Id: "sentitems" };
    const post = alice.post(
      "CreateItem",
      JSON.stringify(
        request("CreateItem", {
          Items: [mimeMessage(message("x"))],
          SavedItemFolderId: folder,
          MessageDisposition: "SendAndSaveCopy",
        }),
      ),
    );
    expect((await post).status).toBe(500);
  });

  it("deletes for good, or moves under another id", async () => {
    const id = own.deliver(message("deleted"));
    await alice.call("DeleteItem", { ItemIds: itemIds(id), DeleteType: "MoveToDeletedItems" });
    const [moved] = own.deleted();
    expect(moved?.subject).toBe("deleted");
    expect(moved?.id).not.toBe(id);
    await alice.call("DeleteItem", { ItemIds: itemIds(moved?.id ?? ""), DeleteType: "HardDelete" });
    expect(own.deleted()).toHaveLength(0);
  });
});

describe("access", () => {
  it("opens a shared mailbox to those who may, and sends from it", async () => {
    const id = server.mailbox("team@practice.example").deliver(message("for the team"));
    const headers = { "x-owa-explicitlogonuser": "team@practice.example", "x-anchormailbox": "team@practice.example" };
    const ask = { ItemShape: mimeShape, ItemIds: itemIds(id) };
    expect(code(await alice.call("GetItem", ask))).toBe("ErrorItemNotFound");
    expect(code(await alice.call("GetItem", ask, headers))).toBe("NoError");
    const bob = await signIn(server.url, "bob");
    expect(code(await bob.call("GetItem", ask, headers))).toBe("ErrorAccessDenied");
    const teams = mimeMessage(message("from the team").replace("alice@", "team@"));
    await alice.call("CreateItem", { Items: [teams], MessageDisposition: "SendAndSaveCopy" }, headers);
    expect(server.mailbox("team@practice.example").sent()[0]?.subject).toBe("from the team");
  });

  it("wants session and canary", async () => {
    const status = async (headers: Record<string, string>): Promise<number> =>
      (await alice.post("GetItem", "{}", headers)).status;
    expect(await status({ "X-OWA-CANARY": "wrong" })).toBe(401);
    expect(await status({ Cookie: "" })).toBe(401);
    expect(await status({ Cookie: "signet-session=ended" })).toBe(440);
    expect((await fetch(`${server.url}/mail/`, { redirect: "manual" })).status).toBe(302);
  });

  it("reads a request from the header X-OWA-UrlPostData where the body is empty", async () => {
    const id = own.deliver(message("by header"));
    const json = JSON.stringify(request("GetItem", { ItemShape: mimeShape, ItemIds: itemIds(id) }));
    const response = await alice.post("GetItem", null, { "X-OWA-UrlPostData": encodeURIComponent(json) });
    expect(JSON.stringify(await response.json())).toContain("NoError");
  });

  it("wants __type first, and the right one", async () => {
    const right = request("GetItem", { ItemShape: mimeShape, ItemIds: itemIds("AAMkx=") });
    const { __type, ...rest } = right;
    const status = async (json: JsonObject): Promise<number> =>
      (await alice.post("GetItem", JSON.stringify(json))).status;
    expect(await status(right)).toBe(200);
    expect(await status({ ...rest, __type: __type ?? "" })).toBe(500);
    expect(await status({ ...right, __type: "FindItemJsonRequest:#Exchange" })).toBe(500);
    expect(await status(rest)).toBe(500);
  });
});
