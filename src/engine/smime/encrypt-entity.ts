import type { Pieces } from "../bytes/pieces.ts";
import { latin1Text } from "../bytes/text.ts";
import { encryptToRecipients } from "../cms/encrypt.ts";
import type { WrittenKeyTransport } from "../cms/recipients/key-transport.ts";
import { SmimeError } from "../errors.ts";
import { CIPHERS, type CipherName } from "../primitives/cipher-registry.ts";
import { publicKeyType } from "../primitives/public-key.ts";
import type { Certificate } from "../x509/certificate.ts";
import { isForMail } from "../x509/extended-key-usage.ts";
import { keyUsage } from "../x509/key-usage.ts";
import { type EntityPieces, pkcs7Mime } from "./smime-entity.ts";

export interface EncryptionOptions {
  readonly recipients: readonly Certificate[];
  readonly cipher: CipherName;
  readonly keyTransport: WrittenKeyTransport;
  /** Whether the content's key is derived (RFC 9709): only for readers who all said that they can. */
  readonly derivesKey?: boolean;
}

/** What was encrypted, and what is needed to read it back. */
export interface EncryptedEntity {
  readonly entity: EntityPieces;
  readonly recipients: readonly Certificate[];
  readonly contentKey: Uint8Array;
}

/**
 * Encrypts an entity to all recipients, each named once.
 *
 * @throws {SmimeError} `encrypt.no-recipient`, `encrypt.unusable-certificate`
 */
export async function encryptEntity(payload: Pieces, options: EncryptionOptions): Promise<EncryptedEntity> {
  const recipients = withoutDuplicates(options.recipients);
  recipients.forEach(checkEncryptionUsage);
  const { der, encryptedContent, contentKey } = await encryptToRecipients(payload, { ...options, recipients });
  const isAuthEnveloped = CIPHERS[options.cipher].mode === "gcm";
  const entity = pkcs7Mime(isAuthEnveloped ? "authEnveloped-data" : "enveloped-data", der, encryptedContent);
  return { entity, recipients, contentKey };
}

function withoutDuplicates(certificates: readonly Certificate[]): readonly Certificate[] {
  return [...new Map(certificates.map((certificate) => [latin1Text(certificate.der), certificate])).values()];
}

/**
 * RFC 8550 sections 4.4.2 and 4.4.4: keyEncipherment for RSA, keyAgreement for the others (RFC 8410 section 5), and mail,
 * where the extensions are present.
 */
function checkEncryptionUsage(certificate: Certificate, index: number): void {
  if (!isForMail(certificate)) {
    throw new SmimeError("encrypt.unusable-certificate", { reason: "extended-key-usage", recipient: index });
  }
  const usages = keyUsage(certificate);
  const needed = publicKeyType(certificate.spki) === "rsa" ? "keyEncipherment" : "keyAgreement";
  if (usages && !usages.has(needed)) {
    throw new SmimeError("encrypt.unusable-certificate", { reason: "key-usage", recipient: index });
  }
}
