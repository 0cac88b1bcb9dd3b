import { describe, expect, it } from "vitest";
import { viewMemory } from "../../testing/view-memory.ts";
import { MAX_KEY_OPERATIONS_PER_MINUTE, operationLimit } from "./operation-limit.ts";

describe("own keys as somebody else's oracle (attack 40)", () => {
  const times = (count: number): undefined[] => Array.from({ length: count }, () => undefined);

  it("stops a tab that has many messages opened at once", async () => {
    const take = operationLimit(viewMemory(), () => 0);
    const taken = await Promise.all(times(2 * MAX_KEY_OPERATIONS_PER_MINUTE).map(() => take(1)));
    expect(taken.filter(Boolean)).toHaveLength(MAX_KEY_OPERATIONS_PER_MINUTE);
    expect(await take(2)).toBe(true);
  });

  it("goes on counting when the worker has died, and forgets after a minute", async () => {
    const memory = viewMemory();
    const clock = { now: 0 };
    for (let count = 0; count < MAX_KEY_OPERATIONS_PER_MINUTE; count++) await operationLimit(memory, () => 0)(1);
    expect(await operationLimit(memory, () => clock.now)(1)).toBe(false);
    clock.now = 60_001;
    expect(await operationLimit(memory, () => clock.now)(1)).toBe(true);
  });
});
