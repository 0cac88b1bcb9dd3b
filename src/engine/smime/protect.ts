import { concatBytes } from "../bytes/concat.ts";
import { latin1Bytes } from "../bytes/text.ts";
import { parseEntity } from "../mime/parse.ts";
import { sevenBit } from "../mime/seven-bit.ts";
import type { Certificate } from "../x509/certificate.ts";
import { type EncryptionOptions, encryptEntity } from "./encrypt-entity.ts";
import { protectHeader } from "./header-protection.ts";
import { type SigningOptions, signEntity } from "./sign-entity.ts";
import { readSourceMessage } from "./source-message.ts";

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
  const { outerFields, payload } = protectHeader(readSourceMessage(input), {
    protection: "signed",
    hidesSubject: false,
  });
  return message(outerFields, await signFit(payload, options));
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
  const { outerFields, payload } = protectHeader(readSourceMessage(input), { protection: "encrypted", hidesSubject });
  const signed = await signFit(payload, signing);
  const recipients = [...encryption.recipients, signing.identity.certificate];
  const encrypted = await encryptEntity(signed, { ...encryption, recipients });
  return message(outerFields, wrapsTwice ? await signEntity(encrypted, signing) : encrypted);
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

async function signFit(payload: Uint8Array, options: SigningOptions): Promise<Uint8Array> {
  const result = sevenBit(parseEntity(payload));
  if (result.status === "fit") return signEntity(result.bytes, options);
  return signEntity(payload, { ...options, form: "opaque" });
}

function message(outerFields: Uint8Array, entity: Uint8Array): Uint8Array {
  return concatBytes(outerFields, latin1Bytes("MIME-Version: 1.0\r\n"), entity);
}
