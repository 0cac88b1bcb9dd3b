import { SessionKey } from "../../storage/names.ts";
import type { SessionMemory } from "../../storage/session-memory.ts";
import { KeyStoreError } from "../key-store-error.ts";
import { KEY_SIZE, unlockedKey } from "./unlocked-key.ts";
import { LONGEST_UNLOCKED } from "./vault.ts";
import { randomBytes, wrappingKey, type WrappingKey } from "./wrapping.ts";

/**
 * The key of identities that are kept for this session only. It is in the browser's memory and nowhere else: when the
 * browser ends, when it is locked, or after twelve hours without use nobody can open what it wraps, also not we.
 */
export interface SessionVault {
  isOpen(): Promise<boolean>;
  /** @throws {KeyStoreError} `vault.locked` */
  key(): Promise<WrappingKey>;
  /** The key, made now where there is none; `onNew` is called before it is there. */
  keyOrNew(onNew: () => Promise<void>): Promise<WrappingKey>;
  forget(): Promise<void>;
}

export function sessionVault(session: SessionMemory, now: () => number): SessionVault {
  const held = unlockedKey(session, SessionKey.sessionVaultKey, now, LONGEST_UNLOCKED);
  const prolong = (raw: Uint8Array): Promise<void> => held.write(raw, now() + LONGEST_UNLOCKED);
  return {
    isOpen: async () => (await held.read()) !== null,
    async key() {
      const found = await held.read();
      if (found === null) throw new KeyStoreError("vault.locked");
      await prolong(found.raw);
      return wrappingKey(found.raw);
    },
    async keyOrNew(onNew) {
      const found = await held.read();
      if (found !== null) return wrappingKey(found.raw);
      await onNew();
      const raw = randomBytes(KEY_SIZE);
      await prolong(raw);
      return wrappingKey(raw);
    },
    forget: () => held.remove(),
  };
}
