import { SessionKey, VaultRow } from "../../storage/names.ts";
import type { Rows } from "../../storage/rows.ts";
import type { SessionMemory } from "../../storage/session-memory.ts";
import type { AttemptsRow, VaultKeyRow } from "../../storage/vault.ts";
import { KeyStoreError } from "../key-store-error.ts";
import { attempts } from "./attempts.ts";
import { KEY_SIZE, unlockedKey } from "./unlocked-key.ts";
import { ROUNDS, unwrapVaultKey, wrapVaultKey, type Protection } from "./vault-key.ts";
import { randomBytes, wrappingKey, type WrappingKey } from "./wrapping.ts";

export interface VaultState {
  readonly kind: "none" | "locked" | "unlocked";
  readonly protection: Protection["kind"] | null;
  /** ms since 1970; `null` unless it is unlocked and locks by itself. */
  readonly expiresAt: number | null;
  /** Until when no passphrase is tried; `null` where one may be. */
  readonly waitUntil: number | null;
}

export interface VaultParts {
  readonly vault: Rows<VaultKeyRow>;
  readonly attempts: Rows<AttemptsRow>;
  readonly session: SessionMemory;
  /** ms since 1970. */
  readonly now: () => number;
  /** For how long without use it stays unlocked; ms. */
  readonly unlockedFor: () => Promise<number>;
  /** Of PBKDF2 for new passphrases. */
  readonly rounds?: number;
}

/** The longest that the setting allows. */
export const LONGEST_UNLOCKED = 12 * 60 * 60 * 1000;

/**
 * The vault: one random key that wraps every identity, wrapped itself by a passphrase or by the device. It keeps
 * nothing in variables, so that a new worker over the same storage goes on where the last one stopped.
 */
export interface Vault {
  state(): Promise<VaultState>;
  /** Makes it and leaves it unlocked. @throws {KeyStoreError} `vault.exists`, `vault.passphrase-too-short` */
  create(protection: Protection): Promise<void>;
  /**
   * @param passphrase `null` for a vault that the device opens
   * @throws {KeyStoreError} `vault.none`, `vault.wrong-passphrase`, `vault.wait`, `vault.damaged`
   */
  unlock(passphrase: string | null): Promise<void>;
  /**
   * @param by a `"person"` who locks it has the last word, also where the device opens it; the `"browser"` (the screen was
   *   locked) leaves such a vault to be opened by the device again
   */
  lock(by: "person" | "browser"): Promise<void>;
  /** Removes the opened key if its time is over. */
  expire(): Promise<void>;
  /**
   * Wraps the vault key anew; identities are not touched, and a failure leaves the old protection in force.
   *
   * @param current the passphrase that opens it now; `null` for a device
   * @throws {KeyStoreError} as `unlock`, and `vault.passphrase-too-short`
   */
  changeProtection(current: string | null, next: Protection): Promise<void>;
  /** Removes it; whatever it wraps can be opened by nobody afterwards. */
  erase(): Promise<void>;
  /** The opened key, for one use, which prolongs its life. @throws {KeyStoreError} `vault.none`, `vault.locked` */
  key(): Promise<WrappingKey>;
}

/** The life of an opened key is prolonged at most this often; ms. */
const PROLONG_EVERY = 30_000;

export function vault({
  vault: rows,
  attempts: attemptRows,
  session,
  now,
  unlockedFor,
  rounds = ROUNDS,
}: VaultParts): Vault {
  const tries = attempts(
    attemptRows,
    VaultRow.attempts,
    now,
    (waitUntil) => new KeyStoreError("vault.wait", { waitUntil }),
  );
  const opened = unlockedKey(session, SessionKey.vaultKey, now, LONGEST_UNLOCKED);

  const holdOpen = async (raw: Uint8Array): Promise<void> => {
    await session.remove(SessionKey.isHeldLocked);
    await opened.write(raw, now() + Math.min(await unlockedFor(), LONGEST_UNLOCKED));
  };
  const isHeldLocked = async (): Promise<boolean> =>
    SessionKey.isHeldLocked in (await session.get(SessionKey.isHeldLocked));

  async function row(): Promise<VaultKeyRow> {
    const stored = await rows.get(VaultRow.vault);
    if (stored === null) throw new KeyStoreError("vault.none");
    return stored;
  }

  async function openWith(stored: VaultKeyRow, passphrase: string | null): Promise<Uint8Array<ArrayBuffer>> {
    if (stored.protection === "device") {
      const raw = await unwrapVaultKey(stored, null);
      if (raw === null) throw new KeyStoreError("vault.damaged");
      return raw;
    }
    await tries.begin();
    const raw = await unwrapVaultKey(stored, passphrase);
    if (raw === null) {
      const waitUntil = await tries.waitUntil();
      throw new KeyStoreError("vault.wrong-passphrase", waitUntil === null ? {} : { waitUntil });
    }
    await tries.succeeded();
    return raw;
  }

  async function read(): Promise<{ readonly raw: Uint8Array<ArrayBuffer>; readonly expiresAt: number | null } | null> {
    const held = await opened.read();
    if (held !== null) return held;
    const stored = await row();
    // What the device opens asks nobody, except after a person has locked it.
    if (stored.protection !== "device" || (await isHeldLocked())) return null;
    return { raw: await openWith(stored, null), expiresAt: null };
  }

  return {
    async state() {
      const stored = await rows.get(VaultRow.vault);
      if (stored === null) return { kind: "none", protection: null, expiresAt: null, waitUntil: null };
      const { protection } = stored;
      const held = await opened.read();
      const isOpen = held !== null || (protection === "device" && !(await isHeldLocked()));
      const expiresAt = protection === "device" ? null : (held?.expiresAt ?? null);
      return { kind: isOpen ? "unlocked" : "locked", protection, expiresAt, waitUntil: await tries.waitUntil() };
    },

    async create(protection) {
      if ((await rows.get(VaultRow.vault)) !== null) throw new KeyStoreError("vault.exists");
      const raw = randomBytes(KEY_SIZE);
      const made = await wrapVaultKey(raw, protection, rounds);
      await rows.change(VaultRow.vault, (existing) => {
        // Another page was faster; its key may wrap identities already.
        if (existing !== null) throw new KeyStoreError("vault.exists");
        return made;
      });
      await holdOpen(raw);
    },

    async unlock(passphrase) {
      await holdOpen(await openWith(await row(), passphrase));
    },

    async lock(by) {
      if (by === "person") await session.set({ [SessionKey.isHeldLocked]: true });
      await opened.remove();
    },

    async expire() {
      await opened.read();
    },

    async changeProtection(current, next) {
      const stored = await row();
      const raw = await openWith(stored, current);
      const made = await wrapVaultKey(raw, next, rounds);
      await rows.put(made);
      await holdOpen(raw);
    },

    async erase() {
      await opened.remove();
      await session.remove(SessionKey.isHeldLocked);
      // The attempts stand in the same store.
      await rows.clear();
    },

    async key() {
      const held = await read();
      if (held === null) throw new KeyStoreError("vault.locked");
      if (held.expiresAt !== null) {
        const expiresAt = now() + Math.min(await unlockedFor(), LONGEST_UNLOCKED);
        if (Math.abs(expiresAt - held.expiresAt) > PROLONG_EVERY) await opened.write(held.raw, expiresAt);
      }
      return wrappingKey(held.raw);
    },
  };
}
