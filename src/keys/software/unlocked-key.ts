import { fromBase64, toBase64 } from "../../engine/bytes/base64.ts";
import type { SessionMemory } from "../../storage/session-memory.ts";

/** An opened key in the browser's memory: it outlives the worker, and ends with the browser or at its expiry. */
export interface UnlockedKey {
  /** Checked at every call; an expired key is removed and `null`. */
  read(): Promise<{ readonly raw: Uint8Array<ArrayBuffer>; readonly expiresAt: number } | null>;
  write(raw: Uint8Array, expiresAt: number): Promise<void>;
  remove(): Promise<void>;
}

export const KEY_SIZE = 32;

interface Held {
  readonly key: string;
  readonly expiresAt: number;
}

function isHeld(value: unknown): value is Held {
  if (typeof value !== "object" || value === null) return false;
  if (!Object.hasOwn(value, "key") || !Object.hasOwn(value, "expiresAt")) return false;
  const { key, expiresAt } = value as Record<keyof Held, unknown>;
  return typeof key === "string" && Number.isSafeInteger(expiresAt);
}

/**
 * @param name where it stands in `storage.session`
 * @param longest ms: an expiry further away than that is the sign of a clock that was turned back, and ends the key
 */
export function unlockedKey(session: SessionMemory, name: string, now: () => number, longest: number): UnlockedKey {
  const remove = (): Promise<void> => session.remove(name);
  return {
    async read() {
      const stored = await session.get(name);
      const held: unknown = Object.hasOwn(stored, name) ? stored[name] : undefined;
      if (held === undefined) return null;
      const left = isHeld(held) ? held.expiresAt - now() : 0;
      if (!isHeld(held) || left <= 0 || left > longest) {
        await remove();
        return null;
      }
      return { raw: fromBase64(held.key), expiresAt: held.expiresAt };
    },
    write: (raw, expiresAt) => session.set({ [name]: { key: toBase64(raw), expiresAt } satisfies Held }),
    remove,
  };
}
