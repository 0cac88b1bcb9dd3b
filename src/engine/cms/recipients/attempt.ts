import type { IterationBudget } from "../../pkcs12/iteration-budget.ts";
import type { PrivateKey } from "../../primitives/private-key.ts";
import type { RecipientMatch } from "../../verdicts.ts";
import type { Certificate } from "../../x509/certificate.ts";
import { identifies } from "../certificate-identifier.ts";
import { readEcdhKeyAgreement, recoverAgreedKey } from "./key-agreement.ts";
import { type KeyEncryptionKey, names, readKeyWrap, recoverByKek } from "./key-encryption-key.ts";
import { readKeyTransport, recoverTransportedKey } from "./key-transport.ts";
import { readPasswordEncryption, recoverByPassword } from "./password.ts";
import type { KeyAgreeRecipientInfo, RecipientInfo } from "./recipient-info.ts";

/** A certificate whose private key can be asked for operations. */
export interface DecryptionKey {
  readonly certificate: Certificate;
  readonly key: PrivateKey;
}

/** All that may open a message. */
export interface DecryptionSecrets {
  readonly keys: readonly DecryptionKey[];
  /** Certificates that a static originator may have. */
  readonly certificates: readonly Certificate[];
  /** What the user was asked for, in UTF-8 on the wire. */
  readonly passwords: readonly string[];
  readonly keyEncryptionKeys: readonly KeyEncryptionKey[];
}

/** A RecipientInfo and a secret that fits it, before it is tried. */
export interface Attempt {
  readonly match: RecipientMatch;
  /** @param keyLength octets that the content's key must have, for key transport that hides whether it had */
  recover(keyLength: number): Promise<Uint8Array>;
}

/**
 * What can be tried on this RecipientInfo: nothing where it names somebody else; `"unknown"` where it cannot be.
 *
 * @param budget of all passwords of the message
 */
export function attemptsFor(
  info: RecipientInfo,
  secrets: DecryptionSecrets,
  budget: IterationBudget,
): (Attempt | "unknown")[] {
  switch (info.kind) {
    case "ktri": {
      const transport = readKeyTransport(info.keyEncryptionAlgorithm);
      return keysFor(info.rid, secrets).map(({ key }) => {
        if (!transport) return "unknown";
        const match: RecipientMatch = { kind: "ktri", algorithm: transport.kind, match: info.rid.kind };
        return { match, recover: (keyLength) => recoverTransportedKey(transport, info, key, keyLength) };
      });
    }
    case "kari":
      return agreementAttempts(info, secrets);
    case "kekri": {
      const wrap = readKeyWrap(info.keyEncryptionAlgorithm);
      return secrets.keyEncryptionKeys
        .filter((kek) => names(info, kek))
        .map((kek) => {
          if (!wrap) return "unknown";
          const match: RecipientMatch = { kind: "kekri", algorithm: `${wrap.kind}-wrap`, match: "key-identifier" };
          return { match, recover: () => Promise.resolve().then(() => recoverByKek(wrap, info, kek)) };
        });
    }
    case "pwri": {
      const encryption = readPasswordEncryption(info);
      return secrets.passwords.map((password) => {
        if (!encryption) return "unknown";
        const match: RecipientMatch = { kind: "pwri", algorithm: "pbkdf2", match: "password" };
        return { match, recover: () => recoverByPassword(encryption, info, password, budget) };
      });
    }
    case "ori":
      return [];
  }
}

function agreementAttempts(info: KeyAgreeRecipientInfo, secrets: DecryptionSecrets): (Attempt | "unknown")[] {
  const agreement = readEcdhKeyAgreement(info.keyEncryptionAlgorithm);
  return info.recipientEncryptedKeys.flatMap((encrypted) =>
    keysFor(encrypted.rid, secrets).map(({ key }) => {
      if (!agreement) return "unknown";
      const match: RecipientMatch = { kind: "kari", algorithm: "ecdh", match: encrypted.rid.kind };
      return { match, recover: () => recoverAgreedKey(agreement, info, encrypted, key, secrets.certificates) };
    }),
  );
}

function keysFor(rid: Parameters<typeof identifies>[0], { keys }: DecryptionSecrets): readonly DecryptionKey[] {
  return keys.filter(({ certificate }) => identifies(rid, certificate));
}
