import { concatBytes } from "../bytes/concat.ts";
import { latin1Bytes } from "../bytes/text.ts";
import { parseEntity } from "../mime/parse.ts";
import { sevenBit } from "../mime/seven-bit.ts";
import { transportProblem } from "../mime/transport-safety.ts";
import type { Certificate } from "../x509/certificate.ts";
import { type EncryptionOptions, encryptEntity } from "./encrypt-entity.ts";
import { protectHeader } from "./header-protection.ts";
import { type SigningOptions, signEntity } from "./sign-entity.ts";
import { checkSigned } from "./self-check.ts";
import type { EntityPieces } from "./smime-entity.ts";
import { type SourceMessage, readSourceMessage } from "./source-message.ts";

const NO_FIELDS = new Uint8Array(0);

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
 * @throws {SmimeError} as `signEntity`
 */
export async function signMessage(input: Uint8Array, options: SigningOptions): Promise<Uint8Array> {
  const source = readSourceMessage(input);
  const { outerFields, payload } = protectHeader(source, { protection: "signed", hidesSubject: false });
  return signedMessage(outerFields, await signFit(source, payload, options));
}

/**
 * Encrypts a message or a MIME entity to the recipients and nobody else (RFC 8551 section 3.3).
 *
 * @throws {SmimeError} as `encryptEntity`
 */
export async function encryptMessage(
  input: Uint8Array,
  options: EncryptionOptions & { readonly hidesSubject: boolean },
): Promise<Uint8Array> {
  const { outerFields, payload } = protectHeader(readSourceMessage(input), {
    protection: "encrypted",
    hidesSubject: options.hidesSubject,
  });
  return message(outerFields, await encryptEntity(payload, options));
}

/**
 * Signs, then encrypts (RFC 8551 section 3.7). The signer is among the recipients, to be able to read what was sent.
 *
 * @throws {SmimeError} as `signEntity` and `encryptEntity`
 */
export async function protectMessage(input: Uint8Array, options: ProtectOptions): Promise<Uint8Array> {
  const { signing, encryption, hidesSubject, wrapsTwice } = options;
  const source = readSourceMessage(input);
  const { outerFields, payload } = protectHeader(source, { protection: "encrypted", hidesSubject });
  const signed = await signedMessage(NO_FIELDS, await signFit(source, payload, signing));
  const recipients = [...encryption.recipients, signing.identity.certificate];
  const encrypted = await encryptEntity(signed, { ...encryption, recipients });
  if (!wrapsTwice) return message(outerFields, encrypted);
  return signedMessage(outerFields, await signEntity(concatBytes(...encrypted), signing));
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

/** The payload with which a clear signature survives transport, or the form that needs no such care. */
async function signFit(source: SourceMessage, payload: Uint8Array, options: SigningOptions): Promise<EntityPieces> {
  const headerEnd = payload.length - source.body.length;
  if (source.isFitForTransport && transportProblem(payload.subarray(0, headerEnd)) === null) {
    return signEntity(payload, options);
  }
  const result = sevenBit(parseEntity(payload));
  return result.status === "fit"
    ? signEntity(result.bytes, options)
    : signEntity(payload, { ...options, form: "opaque" });
}

function message(outerFields: Uint8Array, entity: EntityPieces): Uint8Array {
  return concatBytes(outerFields, latin1Bytes("MIME-Version: 1.0\r\n"), ...entity);
}

async function signedMessage(outerFields: Uint8Array, entity: EntityPieces): Promise<Uint8Array> {
  const written = message(outerFields, entity);
  await checkSigned(written);
  return written;
}
