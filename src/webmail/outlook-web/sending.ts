import type { SourceReply, TransmitReply } from "../../messages/content-requests.ts";
import type { Outgoing } from "../adapter.ts";
import { notSent, SENT, STOPPED, UNKNOWN } from "../outcomes.ts";
import { at, deleteItem, saveDraft, sendDraft } from "./envelope.ts";
import { fetchItemSource, fetchItemState, findSentItem } from "./item-source.ts";
import type { Service } from "./service.ts";

/** A message on its way: the server has it as a draft, which can be sent once. */
interface Saved {
  readonly draftId: string;
  readonly conversationId: string | null;
  readonly messageId: string;
}

export interface Sending {
  transmit(outgoing: Outgoing): Promise<TransmitReply>;
  settle(): Promise<TransmitReply>;
  fetchSentCopy(): Promise<SourceReply>;
  stopTransmit(): void;
}

/**
 * Sends in two steps, so that the outcome can always be known: the octets become a draft of the server, which sends
 * nothing, and then that draft is sent. It can be sent only once, so that an answer that is lost costs no second copy.
 */
export function sendingBy(service: Service): Sending {
  let saved: Saved | null = null;
  let stop = new AbortController();

  async function send({ draftId }: Saved): Promise<TransmitReply> {
    const result = await service("UpdateItem", sendDraft(draftId));
    if (result.ok) return SENT;
    if (result.isSure && result.reason !== "not-found") return notSent(result);
    return stateOf(draftId);
  }

  /** A draft that is gone has been sent. One that is still there may be on its way, so nothing is said of it. */
  async function stateOf(draftId: string): Promise<TransmitReply> {
    const state = await fetchItemState(service, draftId);
    if (state === "not-known") return UNKNOWN;
    return state === "not-found" || !state.isDraft ? SENT : UNKNOWN;
  }

  return {
    async transmit({ message, messageId, bcc }) {
      saved = null;
      stop = new AbortController();
      const { signal } = stop;
      const result = await service("CreateItem", saveDraft(bcc), message);
      if (!result.ok) return notSent(result);
      const draftId = at(result.message, "Items.0.ItemId.Id");
      if (typeof draftId !== "string") return notSent({ reason: "refused", text: "" });
      const state = await fetchItemState(service, draftId);
      // Until here nothing was sent, and ciphertext that nobody wants is taken away.
      if (signal.aborted) {
        await service("DeleteItem", deleteItem(draftId));
        return STOPPED;
      }
      const conversationId = typeof state === "string" ? null : state.conversationId;
      saved = { draftId, conversationId, messageId };
      return send(saved);
    },
    stopTransmit() {
      stop.abort();
    },
    async settle() {
      if (saved === null) return notSent({ reason: "refused", text: "" });
      const state = await stateOf(saved.draftId);
      return state.outcome === "sent" ? state : send(saved);
    },
    async fetchSentCopy() {
      const nothing: SourceReply = { ok: false, reason: "not-found", text: "" };
      if (saved?.conversationId == null) return nothing;
      const id = await findSentItem(service, saved.conversationId, saved.messageId);
      return id === null ? nothing : fetchItemSource(service, id);
    },
  };
}
