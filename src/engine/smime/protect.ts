import { type Pieces, contiguous } from "../bytes/pieces.ts";
import { latin1Bytes } from "../bytes/text.ts";
import { parseEntity } from "../mime/parse.ts";
import { sevenBit } from "../mime/seven-bit.ts";
import { transportProblem } from "../mime/transport-safety.ts";
import type { Certificate } from "../x509/certificate.ts";
import { type EncryptionOptions, encryptEntity } from "./encrypt-entity.ts";
import { type HeaderOptions, type Payload, protectHeader } from "./header-protection.ts";
import { type SignedEntity, type SigningOptions, signEntity } from "./sign-entity.ts";
import { type ExpectedSigned, checkEncrypted, checkSigned } from "./self-check.ts";
import { type EntityPieces, joinEntity } from "./smime-entity.ts";
import { readSourceMessage } from "./source-message.ts";

const MIME_VERSION = latin1Bytes("MIME-Version: 1.0\r\n");

export interface ProtectOptions extends HeaderOptions {
  readonly signing: SigningOptions;
  readonly encryption: EncryptionOptions;
  /** Sign once more around the encryption (RFC 2634 section 1.1). */
  readonly wrapsTwice: boolean;
}

/**
 * Signs a message or a MIME entity (RFC 8551 section 3.5). Its header fields stay outside and are copied inside, so
 * that the signature covers them (RFC 9788). A part that no transport would leave unchanged, and that must not be
 * encoded anew, makes the message opaque whatever `form` asks.
 *
 * @throws {SmimeError} as `signEntity`, and `write.self-check-failed`
 */
export async function signMessage(input: Uint8Array, options: SigningOptions): Promise<Uint8Array> {
  const source = readSourceMessage(input);
  const { outerFields, ...payload } = protectHeader(source, { protection: "signed" });
  return signInto([outerFields, MIME_VERSION], payload, options);
}

/**
 * Encrypts a message or a MIME entity to the recipients and nobody else (RFC 8551 section 3.3).
 *
 * @throws {SmimeError} as `encryptEntity`, and `write.self-check-failed`
 */
export async function encryptMessage(
  input: Uint8Array,
  options: EncryptionOptions & HeaderOptions,
): Promise<Uint8Array> {
  const { outerFields, payload } = protectHeader(readSourceMessage(input), { ...options, protection: "encrypted" });
  const { message } = await encryptInto([outerFields, MIME_VERSION], payload, options);
  return message;
}

/**
 * Signs, then encrypts (RFC 8551 section 3.7). The signer is among the recipients, to be able to read what was sent.
 *
 * @throws {SmimeError} as `signMessage` and `encryptMessage`
 */
export async function protectMessage(input: Uint8Array, options: ProtectOptions): Promise<Uint8Array> {
  const { signing, encryption, wrapsTwice } = options;
  const { outerFields, ...payload } = protectHeader(readSourceMessage(input), { ...options, protection: "encrypted" });
  const outside = [outerFields, MIME_VERSION];
  const recipients = [...encryption.recipients, signing.identity.certificate];
  const { entity, ...expected } = await signFit(payload, signing);
  const signed = await octetsOf(entity);
  const written = await encryptInto(wrapsTwice ? [MIME_VERSION] : outside, signed, { ...encryption, recipients });
  await checkSigned(written.content, expected);
  if (!wrapsTwice) return written.message;
  // A request for receipts belongs into the inner signature and nowhere else (RFC 2634 section 1.3.4).
  return signInto(outside, { payload: [written.message], isBodyFit: false }, { ...signing, receiptRequest: null });
}

/**
 * A message of its own for each Bcc recipient, beside the one for all others: RecipientInfos name the certificates
 * they are for, and so would tell everybody who got a blind copy (attack 39).
 */
export async function protectMessageForBcc(
  input: Uint8Array,
  options: ProtectOptions,
  bcc: readonly Certificate[],
): Promise<{ main: Uint8Array; blind: Uint8Array[] }> {
  const main = await protectMessage(input, options);
  const blind: Uint8Array[] = [];
  for (const recipient of bcc) {
    const encryption = { ...options.encryption, recipients: [recipient] };
    blind.push(await protectMessage(input, { ...options, encryption }));
  }
  return { main, blind };
}

/** Signs, behind these fields, and reads back what was written. */
async function signInto(fields: Pieces, payload: Payload, options: SigningOptions): Promise<Uint8Array> {
  const { message, expected } = await writeSigned(fields, payload, options);
  await checkSigned(message, expected);
  return message;
}

/** Apart from reading it back: what an opaque signature encloses is a copy, let go of before the check needs room. */
async function writeSigned(
  fields: Pieces,
  payload: Payload,
  options: SigningOptions,
): Promise<{ message: Uint8Array; expected: ExpectedSigned }> {
  const { entity, ...expected } = await signFit(payload, options);
  return { message: await joinEntity(...fields, ...entity), expected };
}

/** Encrypts, behind these fields, and reads back what was written: the content is as it was read. */
async function encryptInto(
  fields: Pieces,
  payload: Pieces,
  options: EncryptionOptions,
): Promise<{ message: Uint8Array; content: Uint8Array }> {
  const { entity, recipients, contentKey } = await encryptEntity(payload, options);
  const message = await joinEntity(...fields, ...entity);
  return { message, content: await checkEncrypted(message, { recipients, contentKey, payload }) };
}

/** A clear signature's pieces are views of the input and little more; they are not joined before they are encrypted. */
async function octetsOf(entity: EntityPieces): Promise<Pieces> {
  const octets = entity.filter((piece) => piece instanceof Uint8Array);
  return octets.length === entity.length ? octets : [await joinEntity(...entity)];
}

/** A clear signature only over what survives transport. */
async function signFit({ payload, isBodyFit }: Payload, options: SigningOptions): Promise<SignedEntity> {
  const isFit = (piece: Uint8Array): boolean => transportProblem(piece) === null;
  if (options.form === "opaque" || (isBodyFit ? payload.slice(0, -1) : payload).every(isFit))
    return signEntity(payload, options);
  const result = sevenBit(parseEntity(contiguous(payload)));
  return result.status === "fit"
    ? signEntity([result.bytes], options)
    : signEntity(payload, { ...options, form: "opaque" });
}
