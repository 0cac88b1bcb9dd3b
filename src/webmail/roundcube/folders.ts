import type { FoundReply, MessagesReply, SourceReply } from "../../messages/content-requests.ts";
import type { FetchSource, MessagePlace } from "./message-source.ts";
import type { PageSettings } from "./page-settings.ts";
import { refused, wordsOf, type Refused, type Service } from "./service.ts";

/** The messages of a folder with this Message-ID; the server strips angle brackets as if they were a tag. */
export async function findMessages(
  service: Service,
  folder: string,
  messageId: string,
): Promise<readonly string[] | Refused> {
  const filter = `HEADER Message-ID ${messageId.replace(/[<>]/g, "")}`;
  const result = await service({ action: "search", query: { _mbox: folder, _scope: "base", _filter: filter } });
  if (!result.ok) return result;
  const rows = result.calls.filter(({ name }) => name === "add_message_row");
  return rows.map(({ values }) => String(values[0]));
}

export const isFound = (found: readonly string[] | Refused): found is readonly string[] => found instanceof Array;

/** For good: moving to Trash is what Roundcube's page does, not its server. */
export async function removeMessage(service: Service, folder: string, uid: string): Promise<boolean> {
  return (await service({ action: "delete", form: { _mbox: folder, _uid: uid } })).ok;
}

/** Stores a message as it is, and finds it by its Message-ID; where that is not one message, none stays. */
export async function importMessage(
  service: Service,
  folder: string,
  message: Uint8Array,
  messageId: string,
): Promise<string | Refused> {
  const form = new FormData();
  form.set("_file[]", new Blob([message.slice()], { type: "message/rfc822" }), "message.eml");
  const result = await service({ action: "import", query: { _mbox: folder }, form });
  // An answer that is lost may leave a message there; it has not gone anywhere.
  if (!result.ok && result.isSure) return result;
  const found = await findMessages(service, folder, messageId);
  if (!isFound(found)) return result.ok ? found : result;
  const [uid, ...more] = found;
  if (uid !== undefined && more.length === 0) return uid;
  for (const each of found) await removeMessage(service, folder, each);
  return result.ok ? refused("refused", "", true) : result;
}

/** The sender or recipient of a row, whose address stands in the title of its markup. */
function addressIn(cell: unknown): string {
  const title = typeof cell === "string" ? (/\btitle="([^"]*@[^"]*)"/.exec(cell)?.[1] ?? "") : "";
  return wordsOf(title).slice(0, MAX_LINE);
}
const MAX_LINE = 2000;

const ENCRYPTED = "application/pkcs7-mime";

const placeName = ({ folder, uid }: MessagePlace): string => `${uid} ${folder}`;

function placeOf(item: string): MessagePlace | null {
  const [, uid, folder] = /^(\d+) (.+)$/.exec(item) ?? [];
  return uid === undefined || folder === undefined ? null : { uid, folder };
}

/** A message of a list. */
export function fetchItem(fetchSource: FetchSource, item: string): Promise<SourceReply> {
  const place = placeOf(item);
  return place === null ? Promise.resolve({ ok: false, reason: "not-found", text: "" }) : fetchSource(place);
}

/** The number of a message in its folder. */
export const uidOf = (item: string): string | null => placeOf(item)?.uid ?? null;

export interface Folders {
  readonly inbox: string;
  readonly sentitems: string;
  readonly drafts: string;
}

/** The names of the folders on this server; empty where it has none. */
export const foldersOf = ({ drafts }: PageSettings, sent: string): Folders => ({
  inbox: "INBOX",
  sentitems: sent,
  drafts: drafts ?? "",
});

/** The first page of a folder, in the order that the person has chosen for it. */
export async function folderMessages(service: Service, folder: string): Promise<MessagesReply> {
  if (folder === "") return { ok: false, reason: "not-found", text: "" };
  const result = await service({ action: "list", query: { _mbox: folder, _page: "1", _refresh: "1" } });
  if (!result.ok) return { ok: false, reason: result.reason, text: result.text };
  const rows = result.calls.filter(({ name }) => name === "add_message_row");
  return {
    ok: true,
    items: rows.map(({ values }) => {
      const [uid, columns, flags] = values as [unknown, Columns | null | undefined, Flags | null | undefined];
      return {
        item: placeName({ folder, uid: String(uid) }),
        subject: wordsOf(columns?.subject).slice(0, MAX_LINE),
        from: addressIn(columns?.fromto ?? columns?.from),
        date: wordsOf(columns?.date).slice(0, MAX_LINE) || null,
        isEncrypted: flags?.ctype === ENCRYPTED,
      };
    }),
  };
}
type Columns = Readonly<Record<"subject" | "fromto" | "from" | "date", unknown>>;
type Flags = Readonly<Record<"ctype", unknown>>;

/** Whether a message with this Message-ID stands in Sent. */
export async function isInSent(service: Service, folder: string, messageId: string): Promise<FoundReply> {
  if (folder === "") return { found: "not-known" };
  const found = await findMessages(service, folder, messageId);
  if (!isFound(found)) return { found: "not-known" };
  return { found: found.length > 0 ? "yes" : "no" };
}
