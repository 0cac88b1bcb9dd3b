import { equalBytes } from "../bytes/equal.ts";
import { readEnvelope } from "../cms/envelope.ts";
import { decryptWithContentKey, recipientIdentifiers } from "../cms/decrypt.ts";
import { identifies } from "../cms/certificate-identifier.ts";
import { SmimeError } from "../errors.ts";
import { parseMessage } from "../mime/parse.ts";
import { decodeTransfer } from "../mime/transfer-encoding.ts";
import { digest } from "../primitives/digest.ts";
import type { Certificate } from "../x509/certificate.ts";
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

/** What a reader must find in an encrypted message. */
export interface ExpectedContent {
  readonly recipients: readonly Certificate[];
  readonly contentKey: Uint8Array;
  /** SHA-256 of what went in. */
  readonly payloadDigest: Uint8Array;
}

/**
 * Reads back an encrypted message: its recipients are exactly those that were asked for, and it holds what went in.
 *
 * @throws {SmimeError} `write.self-check-failed`
 */
export async function checkEncrypted(
  message: Uint8Array,
  { recipients, contentKey, payloadDigest }: ExpectedContent,
): Promise<void> {
  const envelope = readEnvelope(decodeTransfer(parseMessage(message)));
  const named = envelope?.recipientInfos.flatMap(recipientIdentifiers) ?? [];
  const isComplete =
    named.length === recipients.length &&
    recipients.every((certificate) => named.some((rid) => identifies(rid, certificate)));
  if (!envelope || !isComplete) throw new SmimeError("write.self-check-failed", { what: "recipients" });
  const content = await decryptWithContentKey(envelope, contentKey);
  if (!content || !equalBytes(await digest("sha-256", content), payloadDigest)) {
    throw new SmimeError("write.self-check-failed", { what: "content" });
  }
}
