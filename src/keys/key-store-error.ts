/** Why a key cannot be had, each with one sentence for people. */
export type KeyStoreErrorCode =
  /** No vault has been made yet. */
  | "vault.none"
  | "vault.exists"
  /** A person must unlock first; the same request works afterwards. */
  | "vault.locked"
  | "vault.wrong-passphrase"
  /** Too many wrong passphrases; `waitUntil` of the context is when the next one is tried (ms since 1970). */
  | "vault.wait"
  | "vault.passphrase-too-short"
  /** What is stored of the vault was changed outside Signet, or the browser has lost its part. */
  | "vault.damaged"
  | "identity.damaged"
  | "identity.unknown";

export class KeyStoreError extends Error {
  readonly code: KeyStoreErrorCode;
  readonly context: Readonly<Record<string, number>>;

  constructor(code: KeyStoreErrorCode, context: Readonly<Record<string, number>> = {}, options?: ErrorOptions) {
    super(code, options);
    this.name = "KeyStoreError";
    this.code = code;
    this.context = context;
  }
}
