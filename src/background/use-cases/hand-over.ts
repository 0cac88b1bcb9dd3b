import { toHex } from "../../engine/bytes/hex.ts";
import { SmimeError } from "../../engine/errors.ts";
import { digest } from "../../engine/primitives/digest.ts";
import { parseTransmitReply, type TransmitReply } from "../../messages/content-requests.ts";
import type { HeldReason, SendState } from "../../messages/frame-requests.ts";
import { StorageError } from "../../storage/storage-error.ts";
import type { MailContext } from "../mail-context.ts";
import { sourceOf } from "./read-in-page.ts";
import type { View } from "./views.ts";
import { cmsOf } from "./written-message.ts";

export const held = (reason: HeldReason, text = ""): Extract<SendState, { status: "held" }> => ({
  status: "held",
  reason,
  text,
});

/** Where a message is held; what was done so far has left nothing behind. */
export class Held extends Error {
  readonly state: SendState;
  constructor(state: SendState | HeldReason) {
    super("held");
    this.state = typeof state === "string" ? held(state) : state;
  }
}

/** The words for what went wrong before anything was handed over. */
export function heldBy(error: unknown): SendState {
  if (error instanceof Held) return error.state;
  if (error instanceof StorageError) return held(error.code === "storage.full" ? "storage-full" : "failed", error.code);
  if (!(error instanceof SmimeError)) throw error;
  if (error.code === "malformed.address") return held("not-an-address");
  if (error.code === "write.self-check-failed") return held("self-check", error.code);
  if (error.code.startsWith("sign.")) return held("certificate-unusable", error.code);
  return held("failed", error.code);
}

export interface Outgoing {
  /** RFC 5322 octets, as they are to be sent; without Bcc. */
  readonly message: Uint8Array;
  readonly messageId: string;
  /** The envelope: a webmail may not read it from the message. */
  readonly from: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
}

/** Of the CMS octets of a message. Kept with the view, since the worker may die before the outcome is known. */
async function cmsDigest(message: Uint8Array): Promise<string> {
  return toHex(await digest("sha-256", cmsOf(message)));
}

/**
 * Hands octets to the webmail. A page that says nothing, or nonsense, may have sent them all the same.
 *
 * @param isStopped whether the person has pressed Stop by now: asked last before the octets leave
 */
export async function transmit(
  view: View,
  { message, ...envelope }: Outgoing,
  context: MailContext,
  isStopped: () => boolean = () => false,
): Promise<TransmitReply> {
  await context.views.change(view.id, { handedOver: await cmsDigest(message) });
  if (isStopped()) return { outcome: "stopped", reason: null, text: "" };
  const request = { name: "transmit", viewId: view.id, ...envelope } as const;
  const reply = await context.askPage(view, { ...request, message: new Blob([message.slice()]) });
  return parseTransmitReply(reply) ?? { outcome: "unknown", reason: null, text: "" };
}

/** Why it was not sent; where it was too large, with what it had. */
function refusedBy({ outcome, reason, text }: TransmitReply, size: number | null): SendState {
  if (outcome === "stopped") return held("stopped");
  const state = held(reason ?? "failed", text);
  return reason === "too-large" && size !== null ? { ...state, size } : state;
}

/**
 * Sent, not sent, or unknown; what was sent is read back and compared.
 *
 * @param size of the message that was handed over, bytes; `null` where it is not at hand any more
 */
export async function* outcome(
  view: View,
  reply: TransmitReply | null,
  context: MailContext,
  size: number | null = null,
): AsyncGenerator<SendState> {
  if (reply === null || reply.outcome === "unknown") {
    yield { status: "unknown", copyFor: null, unsentBcc: [] };
    return;
  }
  if (reply.outcome !== "sent") {
    yield refusedBy(reply, size);
    return;
  }
  yield { status: "working", step: "checking" };
  yield { status: "sent", copy: await compareCopy(view, context), unsentBcc: [], text: "" };
}

/** Finds out what became of a message whose outcome is unknown. */
export async function* settle(view: View, context: MailContext): AsyncGenerator<SendState> {
  yield { status: "working", step: "checking" };
  const reply = await context.askPage(view, { name: "settle", viewId: view.id });
  yield* outcome(view, parseTransmitReply(reply), context);
}

async function handedOver({ id }: View, { views }: MailContext): Promise<string | null> {
  try {
    return (await views.current(id))?.handedOver ?? null;
  } catch (error) {
    // It was sent, whatever the storage says now.
    if (error instanceof StorageError) return null;
    throw error;
  }
}

export async function compareCopy(view: View, context: MailContext): Promise<"same" | "different" | "not-found"> {
  const expected = await handedOver(view, context);
  const source = await sourceOf(await context.askPage(view, { name: "needSentCopy", viewId: view.id }));
  if ("kind" in source || expected === null) return "not-found";
  try {
    return (await cmsDigest(source)) === expected ? "same" : "different";
  } catch (error) {
    if (error instanceof SmimeError) return "different";
    throw error;
  }
}
