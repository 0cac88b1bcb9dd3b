import { openDB } from "idb";
import { DATABASE } from "./names.ts";
import { MIGRATIONS, SCHEMA_VERSION, type Connection, type Schema, type UpgradeTransaction } from "./schema.ts";
import { storageErrorOf } from "./storage-error.ts";

/** An exception in the middle undoes the whole upgrade, not only what came after it. */
async function migrate(upgraded: Connection, from: number, transaction: UpgradeTransaction): Promise<void> {
  for (const step of MIGRATIONS.slice(from)) await step(upgraded, transaction);
}

/** The database, opened when it is first needed and again when the browser has closed it. */
export interface Database {
  /** @throws {StorageError} */
  connect(): Promise<Connection>;
  close(): Promise<void>;
}

/** `navigator.storage`: its `persist` asks the browser to keep the data when the disk is full. Workers lack that. */
export type Persistence = object;

/** Without it the browser may still keep everything, so that no answer changes anything. */
async function askToKeep(manager: Persistence): Promise<void> {
  if (!("persist" in manager) || typeof manager.persist !== "function") return;
  await (manager.persist as () => Promise<unknown>).call(manager).catch(() => false);
}

export function database(persistence: Persistence = {}): Database {
  let connection: Promise<Connection> | null = null;
  const forget = (): void => {
    connection = null;
  };
  const open = async (): Promise<Connection> => {
    const opened = await openDB<Schema>(DATABASE, SCHEMA_VERSION, {
      upgrade(upgraded, from, _to, transaction) {
        // What ends it is said by the opening itself.
        transaction.done.catch(() => undefined);
        migrate(upgraded, from, transaction).catch(() => {
          transaction.abort();
        });
      },
      blocking(_current, _blocked, event) {
        // A newer version wants to upgrade; it must not wait for this one.
        (event.target as IDBDatabase).close();
        forget();
      },
      terminated: forget,
    });
    await askToKeep(persistence);
    return opened;
  };
  return {
    async connect() {
      connection ??= open();
      try {
        return await connection;
      } catch (error) {
        forget();
        throw storageErrorOf(error);
      }
    },
    async close() {
      const open = connection;
      forget();
      (await open)?.close();
    },
  };
}
