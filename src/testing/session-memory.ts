import type { SessionMemory } from "../storage/session-memory.ts";

/** `storage.session` as browsers do it: what is stored is a copy of plain values. */
export interface MemorySession extends SessionMemory {
  readonly content: () => string;
}

export function memorySession(): MemorySession {
  let content: Record<string, unknown> = {};
  return {
    get: (key) => Promise.resolve(structuredClone(key in content ? { [key]: content[key] } : {})),
    set: (items) => {
      content = { ...content, ...(JSON.parse(JSON.stringify(items)) as typeof content) };
      return Promise.resolve();
    },
    remove: (key) => {
      content = Object.fromEntries(Object.entries(content).filter(([name]) => name !== key));
      return Promise.resolve();
    },
    content: () => JSON.stringify(content),
  };
}
