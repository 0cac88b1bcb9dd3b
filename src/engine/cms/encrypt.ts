import { ContentType } from "../asn1/oids.ts";
import type { Der } from "../asn1/writer.ts";
import { SmimeError } from "../errors.ts";
import {
  CIPHERS,
  type CipherName,
  encryptContent,
  generateContentKey,
  generateIv,
} from "../primitives/content-cipher.ts";
import { parsePublicKey } from "../primitives/public-key.ts";
import type { Certificate } from "../x509/certificate.ts";
import { authEnvelopedData } from "./auth-enveloped-data.ts";
import { contentEncryptionAlgorithm } from "./content-encryption-algorithm.ts";
import { contentInfo } from "./content-info.ts";
import { encryptedContentInfo } from "./encrypted-content-info.ts";
import { envelopedData } from "./enveloped-data.ts";
import { keyAgreeRecipientInfo } from "./recipients/key-agreement.ts";
import { type WrittenKeyTransport, keyTransRecipientInfo } from "./recipients/key-transport.ts";

export interface EncryptOptions {
  readonly recipients: readonly Certificate[];
  readonly cipher: CipherName;
  /** For recipients with RSA keys; those with EC keys get ECDH. */
  readonly keyTransport: WrittenKeyTransport;
}

export interface Encrypted {
  /** The ContentInfo. */
  readonly der: Der;
  /** For reading back what was written; must not outlive that. */
  readonly contentKey: Uint8Array;
}

/** Octets of a GCM tag: the longest there is; nothing gains by a shorter one (RFC 5084 section 3.2). */
const TAG_LENGTH = 16;

/**
 * Encrypts to all recipients: EnvelopedData for CBC (RFC 5652 section 6), AuthEnvelopedData for GCM (RFC 5083), with
 * a key and a nonce of its own each time (RFC 5084 section 1.3).
 *
 * @throws {SmimeError} `encrypt.no-recipient`, `unsupported.key`
 */
export async function encryptToRecipients(content: Uint8Array, options: EncryptOptions): Promise<Encrypted> {
  const { cipher: name, recipients } = options;
  if (recipients.length === 0) throw new SmimeError("encrypt.no-recipient");
  const cipher = CIPHERS[name];
  const contentKey = generateContentKey(cipher);
  const encryption = { cipher, iv: generateIv(cipher), tagLength: cipher.mode === "gcm" ? TAG_LENGTH : 0 };
  const [recipientInfos, ciphertext] = await Promise.all([
    Promise.all(recipients.map((certificate) => recipientInfoFor(certificate, options.keyTransport, contentKey))),
    encryptContent(cipher, contentKey, encryption, content),
  ]);
  const algorithm = contentEncryptionAlgorithm(encryption);
  const infos = recipientInfos.map(({ der }) => der);
  if (cipher.mode === "gcm") {
    const end = ciphertext.length - TAG_LENGTH;
    const info = encryptedContentInfo(algorithm, ciphertext.subarray(0, end));
    const der = authEnvelopedData(infos, info, ciphertext.subarray(end));
    return { der: contentInfo(ContentType.authEnvelopedData, der), contentKey };
  }
  const version = recipientInfos.every(({ kind }) => kind === "ktri") ? 0 : 2;
  const der = envelopedData(version, infos, encryptedContentInfo(algorithm, ciphertext));
  return { der: contentInfo(ContentType.envelopedData, der), contentKey };
}

async function recipientInfoFor(
  certificate: Certificate,
  keyTransport: WrittenKeyTransport,
  contentKey: Uint8Array,
): Promise<{ kind: "ktri" | "kari"; der: Der }> {
  const publicKey = parsePublicKey(certificate.spki);
  if (publicKey?.type === "rsa") {
    return { kind: "ktri", der: await keyTransRecipientInfo(certificate, keyTransport, contentKey) };
  }
  if (publicKey?.type === "ec") return { kind: "kari", der: await keyAgreeRecipientInfo(certificate, contentKey) };
  throw new SmimeError("unsupported.key", { oid: certificate.publicKeyAlgorithm.oid });
}
