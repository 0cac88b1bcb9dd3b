import type { Refusal, TransmitReply } from "../messages/content-requests.ts";

const without = (outcome: TransmitReply["outcome"]): TransmitReply => ({ outcome, reason: null, text: "" });

export const SENT = without("sent");
export const UNKNOWN = without("unknown");
/** By the person, before anything was sent. */
export const STOPPED = without("stopped");

/** The webmail has not sent it, and says why. */
export const notSent = ({ reason, text }: Pick<Refusal, "reason" | "text">): TransmitReply => ({
  ...{ outcome: "not-sent", reason },
  text,
});
