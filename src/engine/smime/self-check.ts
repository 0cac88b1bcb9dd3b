import { type Pieces, equalsPieces, piecesLength, standsAt } from "../bytes/pieces.ts";
import { identifies } from "../cms/certificate-identifier.ts";
import { readContentInfo } from "../cms/content-info.ts";
import { decryptWithContentKey, recipientIdentifiers } from "../cms/decrypt.ts";
import { readEnvelope } from "../cms/envelope.ts";
import { type SignedData, readSignedData } from "../cms/signed-data.ts";
import { verifySigner } from "../cms/verify-signer.ts";
import { ContentType } from "../asn1/oids.ts";
import { SmimeError } from "../errors.ts";
import { parseMessage } from "../mime/parse.ts";
import { decodeTransfer } from "../mime/transfer-encoding.ts";
import { type DigestName, digest } from "../primitives/digest.ts";
import type { Certificate } from "../x509/certificate.ts";
import { multipartSignedParts } from "./smime-part.ts";

/** What a reader must find in a signed message. */
export interface ExpectedSigned {
  readonly payload: Pieces;
  readonly digest: DigestName;
  /** Of the payload: what is the same has the same digest, and need not be digested again. */
  readonly messageDigest: Uint8Array;
}

/**
 * Reads back a signed message that was just written, before anybody gets it: it holds what was to be signed octet for
 * octet, and its one signature fits.
 *
 * @throws {SmimeError} `write.self-check-failed`
 */
export async function checkSigned(message: Uint8Array, expected: ExpectedSigned): Promise<void> {
  const { data, bytes } = readSigned(message);
  if (!bytes || !equalsPieces(bytes, expected.payload)) failed("content");
  const content = {
    contentType: data.eContentType,
    bytes,
    digest: async (name: DigestName) => (name === expected.digest ? expected.messageDigest : digest(name, bytes)),
  };
  const [signerInfo, ...others] = data.signerInfos;
  if (!signerInfo || others.length > 0) failed("signature");
  const { integrity } = await verifySigner(signerInfo, content, data.certificates);
  if (integrity.status !== "valid") failed("signature");
}

/** The SignedData, and the octets that it covers: those beside it, or those inside it. */
function readSigned(message: Uint8Array): { data: SignedData; bytes: Uint8Array | null } {
  const entity = parseMessage(message);
  const parts = multipartSignedParts(entity);
  const info = readContentInfo(decodeTransfer(parts?.signature ?? entity));
  if (info.contentType !== ContentType.signedData) failed("signature");
  const data = readSignedData(info.content);
  if (parts && data.eContent) failed("content");
  return { data, bytes: parts ? parts.signed.bytes : data.eContent };
}

/** What a reader must find in an encrypted message. */
export interface ExpectedEncrypted {
  readonly recipients: readonly Certificate[];
  readonly contentKey: Uint8Array;
  readonly payload: Pieces;
}

/**
 * Reads back an encrypted message: its recipients are exactly those that were asked for, and it holds what went in,
 * which is given back as it was read.
 *
 * @throws {SmimeError} `write.self-check-failed`
 */
export async function checkEncrypted(
  message: Uint8Array,
  { recipients, contentKey, payload }: ExpectedEncrypted,
): Promise<Uint8Array> {
  const envelope = readEnvelope(decodeTransfer(parseMessage(message)));
  const named = envelope?.recipientInfos.flatMap(recipientIdentifiers) ?? [];
  const isComplete =
    named.length === recipients.length &&
    recipients.every((certificate) => named.some((rid) => identifies(rid, certificate)));
  if (!envelope || !isComplete) failed("recipients");
  // Decoded from base64, these octets are nobody else's: the plaintext takes the place of its ciphertext.
  const { encryptedContent } = envelope.encryptedContentInfo;
  let length = 0;
  for await (const chunk of decryptWithContentKey(envelope, contentKey) ?? []) {
    if (!standsAt(chunk, payload, length)) failed("content");
    encryptedContent.set(chunk, length);
    length += chunk.length;
  }
  if (length !== piecesLength(payload)) failed("content");
  return encryptedContent.subarray(0, length);
}

function failed(what: "signature" | "recipients" | "content"): never {
  throw new SmimeError("write.self-check-failed", { what });
}
