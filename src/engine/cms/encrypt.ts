import { ContentType } from "../asn1/oids.ts";
import type { Der } from "../asn1/writer.ts";
import { type Pieces, contiguous } from "../bytes/pieces.ts";
import { SmimeError } from "../errors.ts";
import { CIPHERS, type CipherName } from "../primitives/cipher-registry.ts";
import { encryptCbc, encryptGcm, generateContentKey, generateIv } from "../primitives/content-cipher.ts";
import { parsePublicKey } from "../primitives/public-key.ts";
import type { Certificate } from "../x509/certificate.ts";
import { authEnvelopedData } from "./auth-enveloped-data.ts";
import { contentEncryptionAlgorithm, contentKey, withDerivation } from "./content-encryption-algorithm.ts";
import { contentInfo } from "./content-info.ts";
import { encryptedContentInfo, encryptedContentInfoHeader } from "./encrypted-content-info.ts";
import { envelopedData } from "./enveloped-data.ts";
import { keyAgreeRecipientInfo } from "./recipients/key-agreement.ts";
import { type WrittenKeyTransport, keyTransRecipientInfo } from "./recipients/key-transport.ts";

export interface EncryptOptions {
  readonly recipients: readonly Certificate[];
  readonly cipher: CipherName;
  /** For recipients with RSA keys; those with EC keys, X25519 and X448 get ECDH. */
  readonly keyTransport: WrittenKeyTransport;
  /** Whether the content's key is derived from the one that is sent (RFC 9709): for readers that said they can. */
  readonly derivesKey?: boolean;
}

export interface Encrypted {
  /** The ContentInfo; with CBC what stands before the encrypted content, which is its end. */
  readonly der: Der;
  /** With CBC the encrypted content, to be read once. */
  readonly encryptedContent: AsyncIterable<Uint8Array> | null;
  /** As it was sent, for reading back what was written; must not outlive that. */
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
export async function encryptToRecipients(content: Pieces, options: EncryptOptions): Promise<Encrypted> {
  const { cipher: name, recipients } = options;
  if (recipients.length === 0) throw new SmimeError("encrypt.no-recipient");
  const cipher = CIPHERS[name];
  const sentKey = generateContentKey(cipher);
  const iv = generateIv(cipher);
  const plain = { cipher, iv, tagLength: cipher.mode === "gcm" ? TAG_LENGTH : 0, derivationInfo: null };
  const encryption = options.derivesKey ? withDerivation(plain) : plain;
  const key = contentKey(sentKey, encryption);
  const algorithm = contentEncryptionAlgorithm(encryption);
  const recipientInfos = await Promise.all(
    recipients.map((certificate) => recipientInfoFor(certificate, options.keyTransport, sentKey)),
  );
  const infos = recipientInfos.map(({ der }) => der);
  if (cipher.mode === "gcm") {
    const ciphertext = await encryptGcm(cipher, key, iv, contiguous(content));
    const end = ciphertext.length - TAG_LENGTH;
    const info = encryptedContentInfo(algorithm, ciphertext.subarray(0, end));
    const der = authEnvelopedData(infos, info, ciphertext.subarray(end));
    return { der: contentInfo(ContentType.authEnvelopedData, der), encryptedContent: null, contentKey: sentKey };
  }
  const { length, chunks } = encryptCbc(cipher, key, iv, content);
  const version = recipientInfos.every(({ kind }) => kind === "ktri") ? 0 : 2;
  const der = envelopedData(version, infos, encryptedContentInfoHeader(algorithm, length));
  return { der: contentInfo(ContentType.envelopedData, der), encryptedContent: chunks, contentKey: sentKey };
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
  if (publicKey?.type === "ec" || publicKey?.type === "montgomery")
    return { kind: "kari", der: await keyAgreeRecipientInfo(certificate, contentKey) };
  throw new SmimeError("unsupported.key", { oid: certificate.publicKeyAlgorithm.oid });
}
