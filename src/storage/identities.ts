import type { Database } from "./database.ts";
import { Store } from "./names.ts";
import { bytes, certificateDer, fingerprint, list, oneOf, record, time } from "./record.ts";
import { rows, type Rows } from "./rows.ts";

/**
 * A certificate with its wrapped private key. Never removed but by an act of its own: old keys open old mail, so that a
 * renewed certificate is one more row.
 */
export interface IdentityRow {
  /** Of the certificate. */
  readonly fingerprint: string;
  /** DER. */
  readonly certificate: Uint8Array<ArrayBuffer>;
  /** DER of the issuers' certificates. */
  readonly chain: readonly Uint8Array<ArrayBuffer>[];
  /** Which key wraps it: the vault's, or that of the browser's session, after which nobody can open it. */
  readonly protection: "vault" | "session";
  readonly addedAt: Date;
  /** Nonce of AES-GCM. */
  readonly nonce: Uint8Array<ArrayBuffer>;
  /** PKCS#8 under AES-256-GCM; everything above is authenticated with it. */
  readonly wrapped: Uint8Array<ArrayBuffer>;
}

export const NONCE_SIZE = 12;
/** RSA of 16384 bits is 10 kB. */
const MAX_WRAPPED_SIZE = 65_536;
/** More certificates than any path has (`MAX_PATH_LENGTH` of the engine is far below). */
export const MAX_CHAIN = 64;

export const identityRows = (database: Database): Rows<IdentityRow> =>
  rows(
    database,
    Store.identities,
    record<IdentityRow>({
      fingerprint,
      certificate: certificateDer,
      chain: list(certificateDer, MAX_CHAIN),
      protection: oneOf("vault", "session"),
      addedAt: time,
      nonce: bytes(NONCE_SIZE, NONCE_SIZE),
      wrapped: bytes(1, MAX_WRAPPED_SIZE),
    }),
  );
