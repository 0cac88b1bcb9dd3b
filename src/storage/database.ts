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

/** `persist` asks the browser not to clear the data when the disk is full; workers of Chromium lack it. */
export interface Persistence {
  persist?(): Promise<boolean>;
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
    // Asked once a life: without it the browser may still keep everything, so that its answer changes nothing.
    await persistence.persist?.().catch(() => false);
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
