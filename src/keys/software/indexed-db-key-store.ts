import { toHex } from "../../engine/bytes/hex.ts";
import { digest } from "../../engine/primitives/digest.ts";
import { importPrivateKey, matchesPublicKey, type PrivateKey } from "../../engine/primitives/private-key.ts";
import type { Identity } from "../../engine/smime/identity.ts";
import { parseCertificate, type Certificate } from "../../engine/x509/certificate.ts";
import { MAX_CHAIN, type IdentityRow } from "../../storage/identities.ts";
import type { Rows } from "../../storage/rows.ts";
import { StorageError } from "../../storage/storage-error.ts";
import { guardedKey } from "../guarded-key.ts";
import { KeyStoreError } from "../key-store-error.ts";
import type { KeyStore, ListedIdentity } from "../key-store.ts";
import type { SessionVault } from "./session-vault.ts";
import type { Vault } from "./vault.ts";
import { authenticated, unwrap, wrap, type WrappingKey } from "./wrapping.ts";

/** A key with its certificate, as a file gives it. */
export interface SoftwareIdentity {
  readonly certificate: Certificate;
  /** DER of the PrivateKeyInfo. */
  readonly pkcs8: Uint8Array;
  readonly chain: readonly Certificate[];
}

export interface StoredIdentity extends ListedIdentity {
  readonly protection: IdentityRow["protection"];
  readonly addedAt: Date;
}

/** Keys of the extension's own: wrapped in IndexedDB, opened for one operation each. */
export interface IndexedDbKeyStore extends KeyStore {
  list(): Promise<readonly StoredIdentity[]>;
  /**
   * Takes identities: into the vault, or for this session. All or none are wrapped before the first is stored. One that
   * is in the vault stays there; one of the session may move to the vault.
   *
   * @throws {KeyStoreError} `vault.none`, `vault.locked`; `identity.damaged` where a key is not its certificate's
   */
  add(identities: readonly SoftwareIdentity[], protection: IdentityRow["protection"]): Promise<void>;
  /** For good: mail that is encrypted to this certificate alone stays closed here. */
  remove(fingerprint: string): Promise<void>;
  /** For good, all of them; also those that cannot be read any more. */
  removeAll(): Promise<void>;
  /** Forgets the identities of the session. */
  forgetSession(): Promise<void>;
}

export interface KeyStoreParts {
  readonly identities: Rows<IdentityRow>;
  readonly vault: Vault;
  readonly session: SessionVault;
  readonly now: () => Date;
}

/** Everything of a row but the key; one changed octet of it, and the key does not open. */
const fieldsOf = ({ fingerprint, certificate, chain, protection, addedAt }: Omit<IdentityRow, "nonce" | "wrapped">) =>
  authenticated("signet identity 1", fingerprint, protection, addedAt.getTime(), certificate, chain.length, ...chain);

const fingerprintOf = async (der: Uint8Array): Promise<string> => toHex(await digest("sha-256", der));

const copy = ({ der }: Certificate): Uint8Array<ArrayBuffer> => der.slice();

export function indexedDbKeyStore({ identities: rows, vault, session, now }: KeyStoreParts): IndexedDbKeyStore {
  async function open(row: IdentityRow): Promise<PrivateKey> {
    const key = row.protection === "session" ? await session.key() : await vault.key();
    const pkcs8 = await unwrap(key, row, fieldsOf(row));
    if (pkcs8 === null) throw new KeyStoreError("identity.damaged");
    return importPrivateKey(pkcs8);
  }

  function identityOf(row: IdentityRow): Identity {
    const certificate = parseCertificate(row.certificate);
    return {
      certificate,
      chain: row.chain.map(parseCertificate),
      key: guardedKey(certificate.spki, () => open(row)),
    };
  }

  async function wrapIdentity(
    key: WrappingKey,
    { certificate, pkcs8, chain }: SoftwareIdentity,
    protection: IdentityRow["protection"],
  ): Promise<IdentityRow> {
    if (!matchesPublicKey(await importPrivateKey(pkcs8), certificate.spki)) throw new KeyStoreError("identity.damaged");
    const fields = {
      fingerprint: await fingerprintOf(certificate.der),
      certificate: copy(certificate),
      chain: chain.slice(0, MAX_CHAIN).map(copy),
      protection,
      addedAt: now(),
    };
    return { ...fields, ...(await wrap(key, pkcs8.slice(), fieldsOf(fields))) };
  }

  async function forgetSessionRows(): Promise<void> {
    const own = (await rows.list()).filter(({ protection }) => protection === "session");
    for (const { fingerprint } of own) await rows.remove(fingerprint);
  }

  /** Those of a session that has ended cannot be opened any more, and go. */
  async function living(): Promise<readonly IdentityRow[]> {
    const stored = await rows.list();
    // In this order: a key that is missing now was missing when the rows were read, or they are of a session before.
    if (stored.every(({ protection }) => protection === "vault") || (await session.isOpen())) return stored;
    for (const { fingerprint } of stored.filter(({ protection }) => protection === "session")) {
      await rows.remove(fingerprint);
    }
    return stored.filter(({ protection }) => protection === "vault");
  }

  /** `null` also for a row that cannot be read. */
  async function whole(fingerprint: string): Promise<IdentityRow | null> {
    try {
      return await rows.get(fingerprint);
    } catch (error) {
      if (error instanceof StorageError && error.code === "storage.damaged") return null;
      throw error;
    }
  }

  const opens = async (key: WrappingKey, row: IdentityRow): Promise<boolean> =>
    (await unwrap(key, row, fieldsOf(row))) !== null;

  async function find(fingerprint: string): Promise<IdentityRow | null> {
    return (await living()).find((row) => row.fingerprint === fingerprint) ?? null;
  }

  return {
    list: async () =>
      (await living()).map(({ fingerprint, certificate, chain, protection, addedAt }) => ({
        fingerprint,
        certificate: parseCertificate(certificate),
        chain: chain.map(parseCertificate),
        protection,
        addedAt,
      })),
    async identityFor(fingerprint) {
      const row = await find(fingerprint);
      return row && identityOf(row);
    },
    identities: async () => (await living()).map(identityOf),
    async isOpen(fingerprint) {
      const row = await find(fingerprint);
      if (row === null) return false;
      return row.protection === "session" || (await vault.state()).kind === "unlocked";
    },
    async add(identities, protection) {
      const key = protection === "session" ? await session.keyOrNew(forgetSessionRows) : await vault.key();
      const made: IdentityRow[] = [];
      for (const identity of identities) made.push(await wrapIdentity(key, identity, protection));
      for (const row of made) {
        const known = await whole(row.fingerprint);
        const stays = known?.protection === "vault" && (protection === "session" || (await opens(key, known)));
        // What does not open is of no use to anybody; the file that is at hand repairs it.
        if (!stays) await rows.put(row);
      }
    },
    async remove(fingerprint) {
      if ((await find(fingerprint)) === null) throw new KeyStoreError("identity.unknown");
      await rows.remove(fingerprint);
    },
    async removeAll() {
      await rows.clear();
      await session.forget();
    },
    async forgetSession() {
      await forgetSessionRows();
      await session.forget();
    },
  };
}
