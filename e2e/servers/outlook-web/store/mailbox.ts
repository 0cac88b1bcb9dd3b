import { mimeOf, newId, type Envelope, type FolderName, type Item } from "./item.ts";
import type { StoredContent, StoredFile } from "./smime-class.ts";

export interface NewItem {
  readonly folder: FolderName;
  readonly envelope: Envelope;
  readonly content: StoredContent;
  readonly isDraft?: boolean;
  readonly isRead?: boolean;
}

/** The messages of one user, or of one shared mailbox. */
export interface MailboxStore {
  readonly email: string;
  readonly name: string;
  /** Newest first. */
  readonly list: (folder: FolderName) => readonly Item[];
  readonly get: (id: string) => Item | undefined;
  readonly conversation: (conversationId: string) => readonly Item[];
  readonly add: (item: NewItem) => Item;
  /** Changes what is given, and the change key. */
  readonly change: (id: string, changes: Partial<NewItem>) => Item | undefined;
  /** A moved message has another id, as Exchange gives it (outlook-web.md 2.1: ids are immutable only where asked for). */
  readonly move: (id: string, folder: FolderName) => Item | undefined;
  readonly remove: (id: string) => boolean;
  /** Every attached file with its id. */
  readonly files: () => readonly { readonly id: string; readonly file: StoredFile }[];
  /** Calls back after every change, until the signal aborts. */
  readonly watch: (listener: () => void, signal: AbortSignal) => void;
}

export function createMailbox(email: string, name: string): MailboxStore {
  const items = new Map<string, Item>();
  const listeners = new Set<() => void>();
  const conversations = new Map<string, string>();
  const changed = (): void => {
    for (const listener of listeners) listener();
  };
  /** By Message-ID and what it refers to, as RFC 5256 threads; Exchange's own rule has more (README). */
  const conversationOf = ({ messageId, inReplyTo, references }: Envelope): string => {
    const known = [messageId, ...(inReplyTo?.split(/\s+/) ?? []), ...(references?.split(/\s+/).reverse() ?? [])];
    const id = known.map((each) => conversations.get(each)).find((found) => found !== undefined) ?? newId("AAQk");
    for (const each of known) conversations.set(each, id);
    return id;
  };
  const put = (item: Item): Item => {
    items.set(item.id, item);
    changed();
    return item;
  };
  const sorted = (found: Item[]): Item[] => found.reverse().sort((a, b) => Number(b.receivedAt) - Number(a.receivedAt));
  const attachmentIds = (content: StoredContent): string[] => content.files.map(() => newId("AAMk"));
  return {
    email,
    name,
    list: (folder) => sorted([...items.values()].filter((item) => item.folder === folder)),
    get: (id) => items.get(id),
    conversation: (id) =>
      [...items.values()]
        .filter(({ conversationId, folder }) => conversationId === id && folder !== "deleteditems")
        .sort((a, b) => Number(a.receivedAt) - Number(b.receivedAt)),
    add: ({ folder, envelope, content, isDraft = false, isRead = false }) =>
      put({
        id: newId("AAMk"),
        changeKey: newId("CQAA"),
        folder,
        conversationId: conversationOf(envelope),
        envelope,
        content,
        attachmentIds: attachmentIds(content),
        receivedAt: new Date(),
        isRead,
        isDraft,
      }),
    change: (id, changes) => {
      const item = items.get(id);
      if (item === undefined) return undefined;
      const content = changes.content ?? item.content;
      return put({
        ...item,
        ...changes,
        changeKey: newId("CQAA"),
        attachmentIds: content === item.content ? item.attachmentIds : attachmentIds(content),
      });
    },
    move: (id, folder) => {
      const item = items.get(id);
      if (item === undefined) return undefined;
      items.delete(id);
      return put({ ...item, id: newId("AAMk"), changeKey: newId("CQAA"), folder });
    },
    remove: (id) => {
      const existed = items.delete(id);
      if (existed) changed();
      return existed;
    },
    files: () =>
      [...items.values()].flatMap(({ content, attachmentIds: ids }) =>
        content.files.map((file, index) => ({ id: ids[index] ?? "", file })),
      ),
    watch: (listener, signal) => {
      listeners.add(listener);
      signal.addEventListener("abort", () => listeners.delete(listener), { once: true });
    },
  };
}

/** A stored message as tests look at it. */
export interface StoredMessage {
  readonly id: string;
  readonly itemClass: string;
  readonly subject: string;
  readonly messageId: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly mime: Buffer;
}

export function storedMessage(item: Item): StoredMessage {
  const { subject, messageId, to, cc, bcc } = item.envelope;
  const addresses = (mailboxes: Envelope["to"]): string[] => mailboxes.map(({ email }) => email);
  return {
    id: item.id,
    itemClass: item.content.itemClass,
    subject,
    messageId,
    to: addresses(to),
    cc: addresses(cc),
    bcc: addresses(bcc),
    mime: mimeOf(item),
  };
}
