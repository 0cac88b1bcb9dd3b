import { concatBytes } from "../bytes/concat.ts";
import { toHex } from "../bytes/hex.ts";
import { SmimeError } from "../errors.ts";
import { MAX_DECRYPTION_ATTEMPTS } from "../limits.ts";
import { decryptChunks, decryptContent } from "../primitives/content-cipher.ts";
import type { PrivateKey } from "../primitives/private-key.ts";
import type { EncryptionReason, RecipientMatch } from "../verdicts.ts";
import type { Certificate } from "../x509/certificate.ts";
import { nameToString } from "../x509/name.ts";
import { type CertificateIdentifier, identifies } from "./certificate-identifier.ts";
import { type ContentEncryption, readContentEncryption } from "./content-encryption-algorithm.ts";
import type { Envelope } from "./envelope.ts";
import { readEcdhKeyAgreement, recoverAgreedKey } from "./recipients/key-agreement.ts";
import { readKeyTransport, recoverTransportedKey } from "./recipients/key-transport.ts";
import type { RecipientInfo } from "./recipients/recipient-info.ts";

/** A certificate whose private key can be asked for operations. */
export interface DecryptionKey {
  readonly certificate: Certificate;
  readonly key: PrivateKey;
}

type RefusalReason = Exclude<EncryptionReason, "obsolete-cipher" | "gcm-in-enveloped-data">;

export type DecryptOutcome =
  | {
      readonly status: "decrypted";
      readonly cipher: string;
      readonly recipient: RecipientMatch;
      readonly recipients: readonly string[];
      readonly contentType: string;
      readonly content: Uint8Array;
      /** Whether a tag vouches for the content. */
      readonly isAuthenticated: boolean;
      /** AES-GCM in EnvelopedData, as some libraries wrongly write it (openssl#21414). */
      readonly isNonStandard: boolean;
    }
  | {
      readonly status: "not-decrypted";
      readonly cipher: string;
      readonly recipient: RecipientMatch | null;
      readonly reason: RefusalReason;
      /** Whom it was encrypted to: issuer and serial number, or key identifier. */
      readonly recipients: readonly string[];
    };

interface Attempt {
  readonly match: RecipientMatch;
  recover(keyLength: number): Promise<Uint8Array>;
}

/**
 * Decrypts with the first key that can (RFC 5652 sections 6.1 and 6.2, RFC 5083). What fails after a key was used has
 * one outcome, whatever failed (RFC 3218; attack 41).
 *
 * @throws {SmimeError} `malformed.cms` for what can be seen without a key
 */
export async function decryptEnvelope(envelope: Envelope, keys: readonly DecryptionKey[]): Promise<DecryptOutcome> {
  const { contentEncryptionAlgorithm, contentType } = envelope.encryptedContentInfo;
  const encryption = readContentEncryption(contentEncryptionAlgorithm);
  const cipher = encryption?.cipher.name ?? contentEncryptionAlgorithm.oid;
  const recipients = envelope.recipientInfos.flatMap(recipientIdentifiers).map(identifierText);
  const refused = (reason: RefusalReason, match?: RecipientMatch) =>
    ({ status: "not-decrypted", cipher, recipient: match ?? null, reason, recipients }) as const;

  const isAuthEnveloped = envelope.type === "authenveloped-data";
  if (!encryption || (isAuthEnveloped && encryption.cipher.mode === "cbc")) return refused("unknown-cipher");

  const attempts = envelope.recipientInfos.flatMap((info) => keys.flatMap((key) => attemptsFor(info, key)));
  let failed: RecipientMatch | null = null;
  let hasUnknown = false;
  for (const attempt of attempts.slice(0, MAX_DECRYPTION_ATTEMPTS)) {
    if (attempt === "unknown") {
      hasUnknown = true;
      continue;
    }
    const content = await tryAttempt(attempt, encryption, envelope);
    if (content) {
      return {
        status: "decrypted",
        cipher,
        recipient: attempt.match,
        recipients,
        contentType,
        content,
        isAuthenticated: encryption.cipher.mode === "gcm",
        isNonStandard: encryption.cipher.mode === "gcm" && !isAuthEnveloped,
      };
    }
    failed ??= attempt.match;
  }
  if (failed) return refused("decrypt.failed", failed);
  return refused(hasUnknown ? "unknown-key-management" : "decrypt.no-key");
}

/** What can be tried with this key on this RecipientInfo: nothing where it names another certificate. */
function attemptsFor(info: RecipientInfo, { certificate, key }: DecryptionKey): (Attempt | "unknown")[] {
  if (info.kind === "ktri") {
    if (!identifies(info.rid, certificate)) return [];
    const transport = readKeyTransport(info.keyEncryptionAlgorithm);
    if (!transport) return ["unknown"];
    const match: RecipientMatch = { kind: "ktri", algorithm: transport.kind, match: info.rid.kind };
    return [{ match, recover: (keyLength) => recoverTransportedKey(transport, info, key, keyLength) }];
  }
  if (info.kind === "kari") {
    const agreement = readEcdhKeyAgreement(info.keyEncryptionAlgorithm);
    return info.recipientEncryptedKeys
      .filter(({ rid }) => identifies(rid, certificate))
      .map((encrypted) => {
        if (!agreement || !info.originatorKey) return "unknown";
        const match: RecipientMatch = { kind: "kari", algorithm: "ecdh", match: encrypted.rid.kind };
        return { match, recover: () => recoverAgreedKey(agreement, info, encrypted, key) };
      });
  }
  return [];
}

/** The content, or `null` for every cause of failure alike. */
async function tryAttempt(
  attempt: Attempt,
  encryption: ContentEncryption,
  envelope: Envelope,
): Promise<Uint8Array | null> {
  try {
    const contentKey = await attempt.recover(encryption.cipher.keyLength);
    return await decryptEncryptedContent(encryption, envelope, contentKey);
  } catch (error) {
    if (error instanceof SmimeError) return null;
    throw error;
  }
}

async function decryptEncryptedContent(
  encryption: ContentEncryption,
  envelope: Envelope,
  contentKey: Uint8Array,
): Promise<Uint8Array> {
  const { ciphertext, additionalData } = sealedContent(encryption, envelope);
  return decryptContent(encryption.cipher, contentKey, encryption, ciphertext, additionalData);
}

/** The ciphertext as a cipher takes it, the tag behind it. */
function sealedContent(
  encryption: ContentEncryption,
  envelope: Envelope,
): { ciphertext: Uint8Array; additionalData: Uint8Array } {
  const { encryptedContent } = envelope.encryptedContentInfo;
  if (envelope.type === "enveloped-data") return { ciphertext: encryptedContent, additionalData: new Uint8Array(0) };
  if (envelope.mac.length !== encryption.tagLength) throw new SmimeError("decrypt.failed");
  const { additionalData } = envelope;
  return { ciphertext: concatBytes(encryptedContent, envelope.mac), additionalData };
}

/** What whoever made the envelope can read of it, in chunks; `null` where the cipher is unknown here. */
export function decryptWithContentKey(envelope: Envelope, contentKey: Uint8Array): AsyncIterable<Uint8Array> | null {
  const encryption = readContentEncryption(envelope.encryptedContentInfo.contentEncryptionAlgorithm);
  if (!encryption) return null;
  const { ciphertext, additionalData } = sealedContent(encryption, envelope);
  return decryptChunks(encryption.cipher, contentKey, encryption, ciphertext, additionalData);
}

/** Whom a RecipientInfo names. */
export function recipientIdentifiers(info: RecipientInfo): CertificateIdentifier[] {
  if (info.kind === "ktri") return [info.rid];
  return info.kind === "kari" ? info.recipientEncryptedKeys.map(({ rid }) => rid) : [];
}

function identifierText(identifier: CertificateIdentifier): string {
  return identifier.kind === "issuer-serial"
    ? `${nameToString(identifier.issuer)} #${toHex(identifier.serialNumber)}`
    : toHex(identifier.keyIdentifier);
}
