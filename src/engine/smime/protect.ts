import { latin1Bytes } from "../bytes/text.ts";
import { parseEntity } from "../mime/parse.ts";
import { sevenBit } from "../mime/seven-bit.ts";
import { transportProblem } from "../mime/transport-safety.ts";
import { digest } from "../primitives/digest.ts";
import type { Certificate } from "../x509/certificate.ts";
import { type EncryptionOptions, encryptEntity } from "./encrypt-entity.ts";
import { protectHeader } from "./header-protection.ts";
import { type SigningOptions, signEntity } from "./sign-entity.ts";
import { type ExpectedContent, checkEncrypted, checkSigned } from "./self-check.ts";
import { type EntityPieces, joinEntity } from "./smime-entity.ts";
import { readSourceMessage } from "./source-message.ts";

const NO_FIELDS = new Uint8Array(0);
const MIME_VERSION = latin1Bytes("MIME-Version: 1.0\r\n");

export interface ProtectOptions {
  readonly signing: SigningOptions;
  readonly encryption: EncryptionOptions;
  readonly hidesSubject: boolean;
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
  const written = await writeSigned(input, options);
  await checkSigned(written);
  return written;
}

/**
 * Encrypts a message or a MIME entity to the recipients and nobody else (RFC 8551 section 3.3).
 *
 * @throws {SmimeError} as `encryptEntity`, and `write.self-check-failed`
 */
export async function encryptMessage(
  input: Uint8Array,
  options: EncryptionOptions & { readonly hidesSubject: boolean },
): Promise<Uint8Array> {
  const { message, expected } = await writeEncrypted(input, options);
  await checkEncrypted(message, expected);
  return message;
}

/**
 * Signs, then encrypts (RFC 8551 section 3.7). The signer is among the recipients, to be able to read what was sent.
 *
 * @throws {SmimeError} as `signMessage` and `encryptMessage`
 */
export async function protectMessage(input: Uint8Array, options: ProtectOptions): Promise<Uint8Array> {
  const { signing, encryption, wrapsTwice } = options;
  const recipients = [...encryption.recipients, signing.identity.certificate];
  const { signed, outerFields } = await writeInnerSigned(input, options);
  const outside = wrapsTwice ? NO_FIELDS : outerFields;
  const { message, expected } = await encryptInto(outside, signed, { ...encryption, recipients });
  await checkEncrypted(message, expected);
  if (!wrapsTwice) return message;
  const wrapped = joinEntity(outerFields, MIME_VERSION, ...(await signEntity(message, signing)));
  await checkSigned(wrapped);
  return wrapped;
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

// Writing and reading back are apart, so that what was made on the way to a large message is let go of before the
// check needs room.

async function writeSigned(input: Uint8Array, options: SigningOptions): Promise<Uint8Array> {
  const source = readSourceMessage(input);
  const { outerFields, payload } = protectHeader(source, { protection: "signed", hidesSubject: false });
  return joinEntity(outerFields, MIME_VERSION, ...(await signFit(payload, options)));
}

async function writeInnerSigned(
  input: Uint8Array,
  { signing, hidesSubject }: ProtectOptions,
): Promise<{ signed: Uint8Array; outerFields: Uint8Array }> {
  const { outerFields, payload } = protectHeader(readSourceMessage(input), { protection: "encrypted", hidesSubject });
  const signed = joinEntity(...(await signFit(payload, signing)));
  await checkSigned(signed);
  return { signed, outerFields };
}

async function writeEncrypted(
  input: Uint8Array,
  options: EncryptionOptions & { readonly hidesSubject: boolean },
): Promise<Written> {
  const { hidesSubject } = options;
  const { outerFields, payload } = protectHeader(readSourceMessage(input), { protection: "encrypted", hidesSubject });
  return encryptInto(outerFields, payload, options);
}

/** An encrypted message, and what a reader must find in it. */
interface Written {
  readonly message: Uint8Array;
  readonly expected: ExpectedContent;
}

async function encryptInto(outerFields: Uint8Array, payload: Uint8Array, options: EncryptionOptions): Promise<Written> {
  const [payloadDigest, { entity, recipients, contentKey }] = await Promise.all([
    digest("sha-256", payload),
    encryptEntity(payload, options),
  ]);
  const message = joinEntity(outerFields, MIME_VERSION, ...entity);
  return { message, expected: { recipients, contentKey, payloadDigest } };
}

/** A clear signature only over what survives transport. */
async function signFit(payload: Uint8Array, options: SigningOptions): Promise<EntityPieces> {
  if (options.form === "opaque" || transportProblem(payload) === null) return signEntity(payload, options);
  const result = sevenBit(parseEntity(payload));
  return result.status === "fit"
    ? signEntity(result.bytes, options)
    : signEntity(payload, { ...options, form: "opaque" });
}
