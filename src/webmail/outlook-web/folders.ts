import type { FoundReply, MessagesReply } from "../../messages/content-requests.ts";
import { at, findItem, objectsIn } from "./envelope.ts";
import type { Service } from "./service.ts";

export type Folder = "inbox" | "sentitems" | "drafts";

/** As many as a person looks through; what was sent just now is among them. */
const PAGE_SIZE = 100;

const text = (value: unknown): string => (typeof value === "string" ? value.slice(0, 2000) : "");

async function items(service: Service, folder: Folder) {
  const result = await service("FindItem", findItem(folder, PAGE_SIZE));
  if (!result.ok) return result;
  const found = [...objectsIn(at(result.message, "RootFolder.Items"))].filter((item) => item["ItemId"] !== undefined);
  return { ok: true as const, found };
}

/** What stands in a folder, the newest first. */
export async function folderMessages(service: Service, folder: Folder): Promise<MessagesReply> {
  const result = await items(service, folder);
  if (!result.ok) return { ok: false, reason: result.reason, text: result.text };
  return {
    ok: true,
    items: result.found.map((item) => ({
      item: text(at(item, "ItemId.Id")),
      subject: text(item["Subject"]),
      from: text(at(item, "From.Mailbox.EmailAddress")),
      date: text(item["DateTimeReceived"]) || null,
      isEncrypted: item["ItemClass"] === "IPM.Note.SMIME",
    })),
  };
}

/** Whether a message with this Message-ID stands in Sent Items. */
export async function isInSent(service: Service, messageId: string): Promise<FoundReply> {
  const result = await items(service, "sentitems");
  if (!result.ok) return { found: "not-known" };
  return { found: result.found.some((item) => item["InternetMessageId"] === messageId) ? "yes" : "no" };
}
