import type { KeptReply } from "../../messages/content-requests.ts";
import { importMessage, removeMessage, uidOf } from "./folders.ts";
import type { Service } from "./service.ts";

/** Our own draft in Roundcube's Drafts: ciphertext, one of each form. */
export interface SavedDraft {
  save(message: Uint8Array): Promise<KeptReply>;
  adopt(item: string): void;
  /** Once the message was sent or thrown away. */
  remove(): Promise<void>;
}

/** The header ends before it: we have written it ourselves, and it is short. Bytes. */
const HEADER_SIZE = 4096;

function messageIdIn(message: Uint8Array): string | null {
  const header = new TextDecoder().decode(message.subarray(0, HEADER_SIZE)).split("\r\n\r\n", 1)[0] ?? "";
  return /^Message-ID:\s*(<[^<>\s]+>)/im.exec(header)?.[1] ?? null;
}

export function savedDraft(service: Service, drafts: string | null): SavedDraft {
  let saved: string | null = null;
  const remove = async (uid: string | null): Promise<void> => {
    if (uid !== null && drafts !== null) await removeMessage(service, drafts, uid);
  };
  return {
    async save(message) {
      const messageId = messageIdIn(message);
      if (drafts === null || messageId === null) return { ok: false, reason: "page-unknown", text: "" };
      const uid = await importMessage(service, drafts, message, messageId);
      if (typeof uid !== "string") return { ok: false, reason: uid.reason, text: uid.text };
      // What is imported counts as new mail.
      await service({ action: "mark", form: { _mbox: drafts, _uid: uid, _flag: "read", _quiet: "1" } });
      const before = saved;
      saved = uid;
      // The new one is there before the old one goes.
      await remove(before);
      return { ok: true };
    },
    adopt(item) {
      saved = uidOf(item);
    },
    async remove() {
      const before = saved;
      saved = null;
      await remove(before);
    },
  };
}
