import type { ViewMemory } from "../background/use-cases/views.ts";

/** `storage.session` as browsers do it: what is stored is a copy of plain values. */
export function viewMemory(): ViewMemory {
  const items = new Map<string, unknown>();
  return {
    get: (key) => {
      const found = [...items].filter(([name]) => key === null || name === key);
      return Promise.resolve(structuredClone(Object.fromEntries(found)));
    },
    set: (added) => {
      for (const [name, value] of Object.entries(added)) items.set(name, JSON.parse(JSON.stringify(value)));
      return Promise.resolve();
    },
    remove: (keys) => {
      for (const key of [keys].flat()) items.delete(key);
      return Promise.resolve();
    },
  };
}
