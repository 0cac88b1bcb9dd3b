import { concatBytes } from "../bytes/concat.ts";
import { toHex } from "../bytes/hex.ts";
import { SmimeError } from "../errors.ts";
import { MAX_DECRYPTION_ATTEMPTS } from "../limits.ts";
import { iterationBudget } from "../pkcs12/iteration-budget.ts";
import { algorithmName } from "../primitives/algorithm-names.ts";
import { keyLengths } from "../primitives/cipher-registry.ts";
import { type CiphertextUse, decryptChunks, decryptContent } from "../primitives/content-cipher.ts";
import type { EncryptionReason, RecipientMatch } from "../verdicts.ts";
import { nameToString } from "../x509/name.ts";
import type { CertificateIdentifier } from "./certificate-identifier.ts";
import { type ContentEncryption, contentKey, readContentEncryption } from "./content-encryption-algorithm.ts";
import type { Envelope } from "./envelope.ts";
import { type Attempt, attemptsFor, type DecryptionSecrets } from "./recipients/attempt.ts";
import type { RecipientInfo } from "./recipients/recipient-info.ts";

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

/**
 * Decrypts with the first secret that can (RFC 5652 sections 6.1 and 6.2, RFC 5083). What fails after a key was used has
 * one outcome, whatever failed (RFC 3218; attack 41).
 *
 * @param use of the ciphertext: where it is given, and nothing is left to be tried on it, the content takes its place
 * @throws {SmimeError} `malformed.cms` for what can be seen without a key
 */
export async function decryptEnvelope(
  envelope: Envelope,
  secrets: DecryptionSecrets,
  use: CiphertextUse = "kept",
): Promise<DecryptOutcome> {
  const { contentEncryptionAlgorithm, contentType } = envelope.encryptedContentInfo;
  const encryption = readContentEncryption(contentEncryptionAlgorithm);
  const cipher = encryption?.cipher.name ?? algorithmName(contentEncryptionAlgorithm.oid);
  const recipients = envelope.recipientInfos.flatMap(recipientIdentifiers).map(identifierText);
  const refused = (reason: RefusalReason, match?: RecipientMatch) =>
    ({ status: "not-decrypted", cipher, recipient: match ?? null, reason, recipients }) as const;

  const isAuthEnveloped = envelope.type === "authenveloped-data";
  if (!encryption || (isAuthEnveloped && encryption.cipher.mode === "cbc")) return refused("unknown-cipher");

  const known = { ...secrets, certificates: [...envelope.originatorCertificates, ...secrets.certificates] };
  const budget = iterationBudget();
  const attempts = envelope.recipientInfos.flatMap((info) => attemptsFor(info, known, budget));
  let failed: RecipientMatch | null = null;
  let hasUnknown = false;
  for (const attempt of attempts.slice(0, MAX_DECRYPTION_ATTEMPTS)) {
    if (attempt === "unknown") {
      hasUnknown = true;
      continue;
    }
    const content = await tryAttempt(attempt, encryption, envelope, attempts.length === 1 ? use : "kept");
    if (content) {
      return {
        status: "decrypted",
        cipher,
        recipient: attempt.match,
        recipients,
        contentType,
        content,
        isAuthenticated: encryption.cipher.mode !== "cbc",
        isNonStandard: encryption.cipher.mode !== "cbc" && !isAuthEnveloped,
      };
    }
    failed ??= attempt.match;
  }
  if (failed) return refused("decrypt.failed", failed);
  if (hasUnknown) return refused("unknown-key-management");
  const asksForPassword = secrets.passwords.length === 0 && envelope.recipientInfos.some(({ kind }) => kind === "pwri");
  return refused(asksForPassword ? "needs-password" : "decrypt.no-key");
}

/** The content, or `null` for every cause of failure alike. */
async function tryAttempt(
  attempt: Attempt,
  encryption: ContentEncryption,
  envelope: Envelope,
  use: CiphertextUse,
): Promise<Uint8Array | null> {
  const { cipher } = encryption;
  const lengths = keyLengths(cipher);
  for (const keyLength of lengths) {
    try {
      const key = contentKey(await attempt.recover(keyLength), encryption);
      const { ciphertext, additionalData } = sealedContent(encryption, envelope);
      const isLast = lengths.length === 1;
      return await decryptContent(cipher, key, encryption, ciphertext, additionalData, isLast ? use : "kept");
    } catch (error) {
      if (!(error instanceof SmimeError)) throw error;
    }
  }
  return null;
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
export function decryptWithContentKey(envelope: Envelope, sentKey: Uint8Array): AsyncIterable<Uint8Array> | null {
  const encryption = readContentEncryption(envelope.encryptedContentInfo.contentEncryptionAlgorithm);
  if (!encryption) return null;
  const { ciphertext, additionalData } = sealedContent(encryption, envelope);
  return decryptChunks(encryption.cipher, contentKey(sentKey, encryption), encryption, ciphertext, additionalData);
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
