import type { Database } from "./database.ts";
import { NONCE_SIZE } from "./identities.ts";
import { Store, VaultRow } from "./names.ts";
import { bytes, oneOf, readRecord, record, whole, type Field } from "./record.ts";
import { rows, type Rows } from "./rows.ts";
import { StorageError } from "./storage-error.ts";

interface WrappedKey {
  readonly name: typeof VaultRow.vault;
  readonly nonce: Uint8Array<ArrayBuffer>;
  /** The vault key under AES-256-GCM; everything else of the row is authenticated with it. */
  readonly wrapped: Uint8Array<ArrayBuffer>;
}

/** How the vault key is wrapped. */
export type VaultKeyRow =
  | (WrappedKey & {
      readonly protection: "passphrase";
      /** PBKDF2-HMAC-SHA-256 (RFC 8018 section 5.2). */
      readonly salt: Uint8Array<ArrayBuffer>;
      readonly rounds: number;
    })
  | (WrappedKey & {
      readonly protection: "device";
      /** AES-GCM, which the browser does not hand out; it does use it for whoever has the profile. */
      readonly deviceKey: CryptoKey;
    });

/** Wrong ones in a row, of the vault's passphrase or of messages' passwords, and until when (ms since 1970) none is tried. */
export interface AttemptsRow {
  readonly name: typeof VaultRow.attempts | typeof VaultRow.passwordAttempts;
  readonly failures: number;
  readonly waitUntil: number;
}

export const SALT_SIZE = 32;
/** A 256-bit key and the tag of GCM. */
export const WRAPPED_KEY_SIZE = 48;
/** OWASP's least for PBKDF2-HMAC-SHA-256 (2023). Fewer, as an attacker might write, are refused on reading. */
export const MIN_ROUNDS = 600_000;
/** Some ten seconds: more would only hang the worker (as attack 44 does with files). */
export const MAX_ROUNDS = 20_000_000;

const wrappedKey = {
  name: oneOf(VaultRow.vault),
  nonce: bytes(NONCE_SIZE, NONCE_SIZE),
  wrapped: bytes(WRAPPED_KEY_SIZE, WRAPPED_KEY_SIZE),
};
const aesKey: Field<CryptoKey> = (value) => {
  if (value instanceof CryptoKey && value.type === "secret" && !value.extractable) return value;
  throw new StorageError("storage.damaged");
};
const byPassphrase = record<Extract<VaultKeyRow, { protection: "passphrase" }>>({
  ...wrappedKey,
  protection: oneOf("passphrase"),
  salt: bytes(SALT_SIZE, SALT_SIZE),
  rounds: whole(MIN_ROUNDS, MAX_ROUNDS),
});
const byDevice = record<Extract<VaultKeyRow, { protection: "device" }>>({
  ...wrappedKey,
  protection: oneOf("device"),
  deviceKey: aesKey,
});
const kind = record<{ protection: "passphrase" | "device" }>({ protection: oneOf("passphrase", "device") });

export const vaultRows = (database: Database): Rows<VaultKeyRow> =>
  rows<VaultKeyRow>(database, Store.vault, (value) =>
    kind(value).protection === "device" ? byDevice(value) : byPassphrase(value),
  );

export const attemptsRows = (database: Database): Rows<AttemptsRow> =>
  rows<AttemptsRow>(database, Store.vault, (value) =>
    readRecord<AttemptsRow>(value, {
      name: oneOf(VaultRow.attempts, VaultRow.passwordAttempts),
      failures: whole(0, Number.MAX_SAFE_INTEGER),
      waitUntil: whole(0, Number.MAX_SAFE_INTEGER),
    }),
  );
