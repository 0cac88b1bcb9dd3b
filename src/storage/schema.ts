import type { DBSchema, IDBPDatabase, IDBPTransaction } from "idb";
import { KEY_PATHS, Store, type StoreName } from "./names.ts";

/** Rows are `unknown` until a repository has read them: what is on the disk may have been changed there. */
export interface Schema extends DBSchema {
  identities: { key: string; value: unknown };
  certificates: { key: string; value: unknown };
  anchors: { key: string; value: unknown };
  contacts: { key: string; value: unknown };
  people: { key: string; value: unknown };
  verified: { key: string; value: unknown };
  settings: { key: string; value: unknown };
  vault: { key: string; value: unknown };
  sites: { key: string; value: unknown };
  caches: { key: string; value: unknown };
  drafts: { key: string; value: unknown };
  "draft-files": { key: string; value: unknown };
}
export type Connection = IDBPDatabase<Schema>;
export type UpgradeTransaction = IDBPTransaction<Schema, StoreName[], "versionchange">;

/**
 * Brings the data from one version to the next, inside the browser's upgrade transaction: it may await nothing but this
 * transaction's requests. Where it throws, everything stays as it was.
 */
type Migration = (database: Connection, transaction: UpgradeTransaction) => void | Promise<void>;

const create =
  (...stores: readonly StoreName[]): Migration =>
  (database) => {
    for (const store of stores) database.createObjectStore(store, { keyPath: KEY_PATHS[store] });
  };

/** Version 1 knew one certificate of a contact; version 2 keeps those before it and the one that waits. */
const keepContactHistory: Migration = async (database, transaction) => {
  await create(Store.certificates, Store.caches)(database, transaction);
  let cursor = await transaction.objectStore(Store.contacts).openCursor();
  while (cursor !== null) {
    const { address, ...current } = cursor.value as { address: string };
    await cursor.update({ address, current, waiting: null, history: [], refused: [] });
    cursor = await cursor.continue();
  }
};

/** Version 4 knows what contacts' programs can read, and when a contact signed. */
const rememberSignedMail: Migration = async (_, transaction) => {
  let cursor = await transaction.objectStore(Store.contacts).openCursor();
  while (cursor !== null) {
    await cursor.update({ ...(cursor.value as object), capabilities: null, signedMail: [] });
    cursor = await cursor.continue();
  }
};

/** Version 6 keeps the issuers' certificates that came with a contact's. */
const keepContactIssuers: Migration = async (_, transaction) => {
  const withIssuers = (certificate: unknown): unknown => certificate && { ...certificate, issuers: [] };
  let cursor = await transaction.objectStore(Store.contacts).openCursor();
  while (cursor !== null) {
    const row = cursor.value as { current: unknown; waiting: unknown; history: readonly unknown[] };
    const [current, waiting] = [withIssuers(row.current), withIssuers(row.waiting)];
    await cursor.update({ ...row, current, waiting, history: row.history.map(withIssuers) });
    cursor = await cursor.continue();
  }
};

/** Version 7 knows with whom encrypted mail was exchanged. */
const rememberEncryptedMail: Migration = async (_, transaction) => {
  let cursor = await transaction.objectStore(Store.contacts).openCursor();
  while (cursor !== null) {
    await cursor.update({ ...(cursor.value as object), encryptedSince: null });
    cursor = await cursor.continue();
  }
};

/** The migration at index n brings version n to n + 1. A released one is never changed. */
export const MIGRATIONS: readonly Migration[] = [
  create(Store.identities, Store.anchors, Store.contacts, Store.settings, Store.vault, Store.sites),
  keepContactHistory,
  create(Store.drafts, Store.draftFiles),
  rememberSignedMail,
  create(Store.people, Store.verified),
  keepContactIssuers,
  rememberEncryptedMail,
];

export const SCHEMA_VERSION = MIGRATIONS.length;
