import type { RefusalReason, SourceReply, TransmitReply } from "../../messages/content-requests.ts";
import type { Outgoing } from "../adapter.ts";
import { notSent, SENT, STOPPED, UNKNOWN } from "../outcomes.ts";
import { findMessages, importMessage, isFound, removeMessage } from "./folders.ts";
import type { FetchSource } from "./message-source.ts";
import type { PageSettings } from "./page-settings.ts";
import { isConfirmed, type Service } from "./service.ts";

/**
 * How long a server may still be busy with a message whose answer was lost, ms: its copy in Sent comes last. A server that
 * takes longer sends the same Message-ID twice.
 */
export const MAY_BE_BUSY_MS = 60_000;

/** A message on its way: it stands in Drafts, from where Roundcube hands it on. */
interface Imported {
  readonly outgoing: Outgoing;
  readonly uid: string;
  /** Where the copy goes; empty for nowhere. */
  readonly target: string;
  /** When it was handed on last, ms; `null`: not yet. */
  readonly handedAt: number | null;
}

export interface Sending {
  transmit(outgoing: Outgoing): Promise<TransmitReply>;
  settle(): Promise<TransmitReply>;
  fetchSentCopy(): Promise<SourceReply>;
  stopTransmit(): void;
}

export interface SendingParts {
  readonly settings: PageSettings;
  readonly service: Service;
  readonly fetchSource: FetchSource;
  /** Why the form must not be sent by us; `null` where nothing stands against it. */
  readonly heldFor: () => RefusalReason | null;
  /** Where the person wants the copy, when it is sent. */
  readonly storeTarget: () => string;
  /** What is left to do once a message is sent. */
  readonly whenSent: () => Promise<void>;
  /** ms since 1970 */
  readonly now: () => number;
}

/**
 * Sends octets unchanged by an unmodified Roundcube (ADR 0007): they are imported into Drafts, found there by their
 * Message-ID, and "bounced", which hands them on with nothing but `Resent-` fields above them and then keeps a copy in
 * Sent. That copy comes after the sending and only after it, so it says whether a lost answer was a yes. What failed is
 * removed from Drafts again, at the latest with the form's next message.
 */
export function sendingBy(parts: SendingParts): Sending {
  const { settings, service, fetchSource, heldFor, storeTarget, whenSent, now } = parts;
  // Nothing is sent where there is none.
  const drafts = settings.drafts ?? "";
  let stop = new AbortController();
  let imported: Imported | null = null;
  let copy: { readonly folder: string; readonly messageId: string } | null = null;
  /** Messages in Drafts that were to be removed when the session had ended: they go with the next one. */
  let remaining: readonly string[] = [];

  async function remove(...uids: readonly string[]): Promise<void> {
    remaining = [];
    for (const uid of uids) if (!(await removeMessage(service, drafts, uid))) remaining = [...remaining, uid];
  }

  /** Whether the copy stands in Sent, which it does only after sending. */
  async function isKept({ target, outgoing }: Imported): Promise<boolean | "not-known"> {
    if (target === "") return "not-known";
    const found = await findMessages(service, target, outgoing.messageId);
    return isFound(found) ? found.length > 0 : "not-known";
  }

  async function handOn(message: Imported): Promise<TransmitReply> {
    const { outgoing, uid, target } = message;
    imported = { ...message, handedAt: now() };
    const { from, to, cc, bcc } = outgoing;
    // Addresses without names: Roundcube writes those into `Resent-` fields without encoding them.
    const list = (addresses: readonly string[]): string => addresses.join(",");
    const envelope = { _from: from, _to: list(to), _cc: list(cc), _bcc: list(bcc) };
    const form = { _uid: uid, _mbox: drafts, ...envelope, _store_target: target };
    const result = await service({ action: "bounce", form });
    if (!result.ok && result.isSure) {
      await remove(...remaining, uid);
      imported = null;
      return notSent(result);
    }
    const isSent = (result.ok && isConfirmed(result.calls)) || (await isKept(imported)) === true;
    return isSent ? finished(imported) : UNKNOWN;
  }

  async function finished({ uid, target, outgoing }: Imported): Promise<TransmitReply> {
    imported = null;
    copy = target === "" ? null : { folder: target, messageId: outgoing.messageId };
    await remove(...remaining, uid);
    await whenSent();
    return SENT;
  }

  return {
    async transmit(outgoing) {
      [imported, copy] = [null, null];
      const { maxFileSize } = settings;
      const reason = drafts === "" ? "page-unknown" : heldFor();
      if (reason !== null) return notSent({ reason, text: "" });
      if (maxFileSize !== null && outgoing.message.length > maxFileSize) {
        return notSent({ reason: "too-large", text: "" });
      }
      stop = new AbortController();
      const { signal } = stop;
      const uid = await importMessage(service, drafts, outgoing.message, outgoing.messageId);
      if (typeof uid !== "string") return notSent(uid);
      // Until here nothing was sent, and what nobody wants is taken away.
      if (signal.aborted) {
        await remove(...remaining, uid);
        return STOPPED;
      }
      return handOn({ outgoing, uid, target: storeTarget(), handedAt: null });
    },
    stopTransmit() {
      stop.abort();
    },
    async settle() {
      if (imported === null) return notSent({ reason: "refused", text: "" });
      const kept = await isKept(imported);
      if (kept === true) return finished(imported);
      const isOver = imported.handedAt === null || now() - imported.handedAt > MAY_BE_BUSY_MS;
      return kept === false && isOver ? handOn(imported) : UNKNOWN;
    },
    async fetchSentCopy() {
      const nothing: SourceReply = { ok: false, reason: "not-found", text: "" };
      if (copy === null) return nothing;
      const found = await findMessages(service, copy.folder, copy.messageId);
      const [uid] = isFound(found) ? found : [];
      return uid === undefined ? nothing : fetchSource({ folder: copy.folder, uid });
    },
  };
}
