import "fake-indexeddb/auto";
import { attemptsRows, MIN_ROUNDS, vaultRows, type AttemptsRow, type VaultKeyRow } from "../storage/vault.ts";
import { database, type Database } from "../storage/database.ts";
import { identityRows, type IdentityRow } from "../storage/identities.ts";
import type { Rows } from "../storage/rows.ts";
import { indexedDbKeyStore, type IndexedDbKeyStore } from "../keys/software/indexed-db-key-store.ts";
import { sessionVault, type SessionVault } from "../keys/software/session-vault.ts";
import { vault, type Vault } from "../keys/software/vault.ts";
import { memorySession, type MemorySession } from "./session-memory.ts";

/** Everything that a worker makes of the browser's storage. */
export interface SoftwareKeys {
  readonly database: Database;
  readonly session: MemorySession;
  readonly rows: {
    readonly identities: Rows<IdentityRow>;
    readonly vault: Rows<VaultKeyRow>;
    readonly attempts: Rows<AttemptsRow>;
  };
  readonly vault: Vault;
  readonly sessionVault: SessionVault;
  readonly store: IndexedDbKeyStore;
  /** Moves the clock on; ms. */
  readonly wait: (time: number) => void;
  /** A new worker over the same storage. */
  readonly restart: () => SoftwareKeys;
}

export const HALF_AN_HOUR = 30 * 60_000;
const START = Date.UTC(2026, 5, 1, 12);

/** Over the `indexedDB` of the moment: a test gives itself a new `IDBFactory` first. */
export function softwareKeys(session = memorySession(), clock = { time: START }): SoftwareKeys {
  const now = (): number => clock.time;
  const own = database();
  const rows = { identities: identityRows(own), vault: vaultRows(own), attempts: attemptsRows(own) };
  const opened = vault({ ...rows, session, now, unlockedFor: () => Promise.resolve(HALF_AN_HOUR), rounds: MIN_ROUNDS });
  const forSession = sessionVault(session, now);
  return {
    database: own,
    session,
    rows,
    vault: opened,
    sessionVault: forSession,
    store: indexedDbKeyStore({
      identities: rows.identities,
      vault: opened,
      session: forSession,
      now: () => new Date(clock.time),
    }),
    wait: (time) => {
      clock.time += time;
    },
    restart: () => softwareKeys(session, clock),
  };
}
