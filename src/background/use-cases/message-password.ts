import type { OpenedMessage } from "../../engine/smime/open.ts";
import type { LayerVerdict } from "../../engine/verdicts.ts";
import type { Attempts } from "../../keys/software/attempts.ts";
import { Refusal } from "../refusal.ts";

/** A layer that a password was tried on (RFC 5652 section 6.2.4). */
const isByPassword = (layer: LayerVerdict): layer is Extract<LayerVerdict, { recipient: unknown }> =>
  "recipient" in layer && layer.recipient?.kind === "pwri";

/**
 * Opens a message with a password, as often as wrong ones allow.
 *
 * @throws {Refusal} `password.wait`; `password.wrong` where a layer is closed as before, whatever the cause (attack 41)
 */
export async function tryPassword(attempts: Attempts, open: () => Promise<OpenedMessage>): Promise<OpenedMessage> {
  await attempts.begin();
  const opened = await open();
  const tried = opened.layers.filter(isByPassword);
  if (tried.some(({ reasons }) => reasons.includes("decrypt.failed"))) {
    const waitUntil = await attempts.waitUntil();
    throw new Refusal("password.wrong", waitUntil === null ? {} : { waitUntil });
  }
  // What the page gave this time may have no password at all.
  if (tried.length > 0) await attempts.succeeded();
  return opened;
}
