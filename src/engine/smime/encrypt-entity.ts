import type { Der } from "../asn1/writer.ts";
import { encode } from "../asn1/writer.ts";
import { ContentType } from "../asn1/oids.ts";
import { equalBytes } from "../bytes/equal.ts";
import { concatBytes } from "../bytes/concat.ts";
import { readAuthEnvelopedData } from "../cms/auth-enveloped-data.ts";
import { type CertificateIdentifier, identifies } from "../cms/certificate-identifier.ts";
import { readContentEncryption } from "../cms/content-encryption-algorithm.ts";
import { readContentInfo } from "../cms/content-info.ts";
import { encryptToRecipients } from "../cms/encrypt.ts";
import { readEnvelopedData } from "../cms/enveloped-data.ts";
import type { RecipientInfo } from "../cms/recipients/recipient-info.ts";
import type { WrittenKeyTransport } from "../cms/recipients/key-transport.ts";
import { SmimeError } from "../errors.ts";
import { CIPHERS, type CipherName, decryptContent } from "../primitives/content-cipher.ts";
import type { Certificate } from "../x509/certificate.ts";
import { keyUsage } from "../x509/key-usage.ts";
import { type EntityPieces, pkcs7Mime } from "./smime-entity.ts";

export interface EncryptionOptions {
  readonly recipients: readonly Certificate[];
  readonly cipher: CipherName;
  readonly keyTransport: WrittenKeyTransport;
}

/**
 * Encrypts an entity to all recipients, each named once, and gives the encrypted entity. What was written is read
 * back first: the recipients are exactly those that were asked for, and the content is what went in.
 *
 * @throws {SmimeError} `encrypt.no-recipient`, `encrypt.unusable-certificate`, `write.self-check-failed`
 */
export async function encryptEntity(payload: Uint8Array, options: EncryptionOptions): Promise<EntityPieces> {
  const recipients = withoutDuplicates(options.recipients);
  recipients.forEach(checkEncryptionUsage);
  const { der, contentKey } = await encryptToRecipients(payload, { ...options, recipients });
  await checkEncrypted(der, contentKey, payload, recipients);
  const isAuthEnveloped = CIPHERS[options.cipher].mode === "gcm";
  return pkcs7Mime(isAuthEnveloped ? "authEnveloped-data" : "enveloped-data", der);
}

function withoutDuplicates(certificates: readonly Certificate[]): Certificate[] {
  return certificates.filter(
    (certificate, index) => certificates.findIndex((other) => equalBytes(other.der, certificate.der)) === index,
  );
}

/** RFC 8550 section 4.4.2: keyEncipherment for RSA, keyAgreement for EC, where the extension is present. */
function checkEncryptionUsage(certificate: Certificate, index: number): void {
  const usages = keyUsage(certificate);
  if (usages && !usages.has("keyEncipherment") && !usages.has("keyAgreement")) {
    throw new SmimeError("encrypt.unusable-certificate", { reason: "key-usage", recipient: index });
  }
}

async function checkEncrypted(
  der: Der,
  contentKey: Uint8Array,
  payload: Uint8Array,
  recipients: readonly Certificate[],
): Promise<void> {
  const info = readContentInfo(encode(der));
  const envelope =
    info.contentType === ContentType.authEnvelopedData
      ? readAuthEnvelopedData(info.content)
      : readEnvelopedData(info.content);
  const { contentEncryptionAlgorithm, encryptedContent } = envelope.encryptedContentInfo;
  const encryption = readContentEncryption(contentEncryptionAlgorithm);
  if (!encryption) throw new SmimeError("write.self-check-failed", { what: "cipher" });
  const ciphertext =
    envelope.type === "authenveloped-data" ? concatBytes(encryptedContent, envelope.mac) : encryptedContent;
  const content = await decryptContent(encryption.cipher, contentKey, encryption, ciphertext);
  const named = envelope.recipientInfos.flatMap(identifiersOf);
  const isComplete =
    named.length === recipients.length &&
    recipients.every((certificate) => named.some((rid) => identifies(rid, certificate)));
  if (!isComplete) throw new SmimeError("write.self-check-failed", { what: "recipients" });
  if (!equalBytes(content, payload)) throw new SmimeError("write.self-check-failed", { what: "content" });
}

function identifiersOf(info: RecipientInfo): CertificateIdentifier[] {
  if (info.kind === "ktri") return [info.rid];
  return info.kind === "kari" ? info.recipientEncryptedKeys.map(({ rid }) => rid) : [];
}
