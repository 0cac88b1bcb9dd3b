import type { KeptReply } from "../../messages/content-requests.ts";
import { at, deleteItem, saveDraft } from "./envelope.ts";
import type { Service } from "./service.ts";

/** Our own draft in the webmail's Drafts: ciphertext, one of each form. */
export interface SavedDraft {
  save(message: Uint8Array): Promise<KeptReply>;
  adopt(item: string): void;
  /** Once the message was sent or thrown away. */
  remove(): Promise<void>;
}

export function savedDraft(service: Service): SavedDraft {
  let saved: string | null = null;
  const remove = async (id: string | null): Promise<void> => {
    if (id !== null) await service("DeleteItem", deleteItem(id));
  };
  return {
    async save(message) {
      const result = await service("CreateItem", saveDraft([]), message);
      if (!result.ok) return { ok: false, reason: result.reason, text: result.text };
      const before = saved;
      const id = at(result.message, "Items.0.ItemId.Id");
      saved = typeof id === "string" ? id : null;
      // The new one is there before the old one goes.
      await remove(before);
      return { ok: true };
    },
    adopt(item) {
      saved = item;
    },
    async remove() {
      const before = saved;
      saved = null;
      await remove(before);
    },
  };
}
