import type { IDBPTransaction } from "idb";
import type { Database } from "./database.ts";
import type { StoreName } from "./names.ts";
import type { Field } from "./record.ts";
import type { Connection, Schema } from "./schema.ts";
import { StorageError, storageErrorOf } from "./storage-error.ts";

/** The rows of one object store. Every method may throw a `StorageError`; a write is on the disk when it returns. */
export interface Rows<Row> {
  get(key: string): Promise<Row | null>;
  /** Those that can be read; a damaged row hides no other. */
  list(): Promise<readonly Row[]>;
  put(row: Row): Promise<void>;
  /** Reads and writes in one transaction; `null` removes. The row that is stored afterwards. */
  change(key: string, next: (row: Row | null) => Row | null): Promise<Row | null>;
  /** All of these in one transaction. */
  remove(...keys: readonly string[]): Promise<void>;
  /** Also of those that cannot be read. */
  count(): Promise<number>;
  /** Removes all, also those that cannot be read. */
  clear(): Promise<void>;
}

type Transaction = IDBPTransaction<Schema, StoreName[], "readwrite">;

/** Strict: the browser answers when the data is on the disk, and not before. Keys must not be lost with the power. */
const DURABLE = { durability: "strict" } as const;

export function rows<Row extends object>(database: Database, store: StoreName, read: Field<Row>): Rows<Row> {
  async function write<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const transaction = (await readWith(database, (connection) => connection)).transaction(
      [store],
      "readwrite",
      DURABLE,
    );
    // Awaited below; where the work fails first, nobody else hears of it.
    const done = transaction.done.then(
      () => null,
      (error: unknown) => storageErrorOf(error),
    );
    try {
      const result = await work(transaction);
      const failure = await done;
      if (failure !== null) throw failure;
      return result;
    } catch (error) {
      abort(transaction);
      if (!(error instanceof DOMException)) throw error;
      // What ended the transaction says more than that it was ended.
      throw error.name === "AbortError" ? ((await done) ?? storageErrorOf(error)) : storageErrorOf(error);
    }
  }
  /** What could not be read back is not written: it would be lost there. */
  const value = (row: Row): unknown => ({ ...read(row) });

  return {
    async get(key) {
      const stored = await readWith(database, (connection) => connection.get(store, key));
      return stored === undefined ? null : read(stored);
    },
    async list() {
      const stored = await readWith(database, (connection) => connection.getAll(store));
      return stored.flatMap((row) => {
        try {
          return [read(row)];
        } catch (error) {
          if (error instanceof StorageError) return [];
          throw error;
        }
      });
    },
    put: (row) =>
      write(async (transaction) => {
        await transaction.objectStore(store).put(value(row));
      }),
    change: (key, next) =>
      write(async (transaction) => {
        const target = transaction.objectStore(store);
        const stored: unknown = await target.get(key);
        const row = next(stored === undefined ? null : read(stored));
        if (row === null) await target.delete(key);
        else await target.put(value(row));
        return row;
      }),
    remove: (...keys) =>
      write(async (transaction) => {
        const target = transaction.objectStore(store);
        await Promise.all(keys.map((key) => target.delete(key)));
      }),
    count: () => readWith(database, (connection) => connection.count(store)),
    clear: () => write((transaction) => transaction.objectStore(store).clear()),
  };
}

function abort(transaction: Transaction): void {
  try {
    transaction.abort();
  } catch {
    // It has ended by itself.
  }
}

async function readWith<T>(database: Database, work: (connection: Connection) => Promise<T> | T): Promise<T> {
  try {
    return await work(await database.connect());
  } catch (error) {
    throw storageErrorOf(error);
  }
}
