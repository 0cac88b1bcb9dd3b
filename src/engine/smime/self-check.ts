import { SmimeError } from "../errors.ts";
import { parseMessage } from "../mime/parse.ts";
import { peelEntity } from "./peel.ts";

/**
 * Reads back a signed message that was just written, as a recipient does, before anybody gets it. That its one
 * signature fits says that every byte is in its place: messageDigest was made of what was to be signed.
 *
 * @throws {SmimeError} `write.self-check-failed`
 */
export async function checkSigned(message: Uint8Array): Promise<void> {
  const options = { identities: [], intermediates: [], detachedContent: null };
  const [layer] = (await peelEntity(parseMessage(message), options)).layers;
  const isGood =
    layer?.kind === "signature" &&
    layer.signers.length === 1 &&
    layer.signers.every(({ integrity }) => integrity.status === "valid");
  if (!isGood) throw new SmimeError("write.self-check-failed", { what: "signature" });
}
