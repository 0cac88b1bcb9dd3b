import type { Identity } from "../engine/smime/identity.ts";
import type { Certificate } from "../engine/x509/certificate.ts";

/** What a store tells of an identity without its key being open. */
export interface ListedIdentity {
  /** SHA-256 of the certificate's DER, lower-case hexadecimal. */
  readonly fingerprint: string;
  readonly certificate: Certificate;
  /** The issuers' certificates as far as they came with it. */
  readonly chain: readonly Certificate[];
}

/**
 * Where private keys are. A key is asked for operations and never handed out, so that software and cards are the same
 * to whoever signs or decrypts. `key-store.contract.ts` runs over every implementation.
 *
 * An identity can be had while the store is locked. Its key's operations then reject with a `KeyStoreError`
 * (`vault.locked`) and work again, on the same object, when it is unlocked: each operation asks anew.
 */
export interface KeyStore {
  /** Every identity, also ended ones, which still open old mail. */
  list(): Promise<readonly ListedIdentity[]>;
  /** `null` where the store does not have it. */
  identityFor(fingerprint: string): Promise<Identity | null>;
  /** Every identity, to find the one that a message is encrypted to. */
  identities(): Promise<readonly Identity[]>;
  /** Whether an operation of this identity's key would be done now, without a person. */
  isOpen(fingerprint: string): Promise<boolean>;
}
