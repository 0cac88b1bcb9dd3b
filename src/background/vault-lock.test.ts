import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { testPageContext, type TestContext } from "../testing/page-context.ts";
import { currentSettings, setSetting } from "./use-cases/settings.ts";
import { vaultLock } from "./vault-lock.ts";

type Listener<T> = (value: T) => void;

/** The parts of the browser that wake the worker, with a hand on them. */
function fakeBrowser() {
  const alarms = new Map<string, { readonly periodInMinutes?: number | undefined }>();
  const onAlarm: Listener<{ name: string; scheduledTime: number }>[] = [];
  const onState: Listener<"active" | "idle" | "locked">[] = [];
  return {
    alarms: {
      create: (name: string, alarm: { periodInMinutes?: number | undefined }) => {
        alarms.set(name, alarm);
      },
      clear: (name: string) => Promise.resolve(alarms.delete(name)),
      onAlarm: { addListener: (listener: (typeof onAlarm)[number]) => onAlarm.push(listener) },
    },
    idle: { onStateChanged: { addListener: (listener: (typeof onState)[number]) => onState.push(listener) } },
    pending: alarms,
    ring: () => {
      for (const name of alarms.keys()) for (const listener of onAlarm) listener({ name, scheduledTime: 0 });
    },
    become: (state: "active" | "idle" | "locked") => {
      for (const listener of onState) listener(state);
    },
  };
}

let time: number;
let context: TestContext;
let fake: ReturnType<typeof fakeBrowser>;
beforeEach(async () => {
  vi.stubGlobal("indexedDB", new IDBFactory());
  time = Date.UTC(2026, 5, 1);
  fake = fakeBrowser();
  const lock: { opened: () => void } = { opened: () => undefined };
  context = testPageContext({
    now: () => time,
    opened: () => {
      lock.opened();
    },
  });
  Object.assign(lock, vaultLock(fake as unknown as Parameters<typeof vaultLock>[0], context));
  await context.vault.create({ kind: "passphrase", passphrase: "long enough" });
});
const isHeld = (): boolean => context.session.content().includes("expiresAt");

describe("the opened vault key", () => {
  it("is removed from memory by an alarm when its time is over, and the alarm with it", async () => {
    expect(fake.pending.get("vault-expiry")?.periodInMinutes).toBe(1);
    time += 29 * 60_000;
    fake.ring();
    await vi.waitFor(() => {
      expect(isHeld()).toBe(true);
    });
    time += 60_000;
    fake.ring();
    await vi.waitFor(() => {
      expect([isHeld(), fake.pending.size]).toEqual([false, 0]);
    });
  });

  it("lives as long as the setting says", async () => {
    await setSetting(context, "StayUnlockedMinutes", 5);
    await context.vault.unlock("long enough");
    expect((await context.vault.state()).expiresAt).toBe(time + 5 * 60_000);
  });

  it("is removed when the screen is locked, and not when nobody types", async () => {
    fake.become("idle");
    await currentSettings(context);
    expect(isHeld()).toBe(true);
    fake.become("locked");
    await vi.waitFor(() => {
      expect(isHeld()).toBe(false);
    });
  });

  it("stays when the screen is locked where a person has set it so", async () => {
    await setSetting(context, "LockWhenIdle", false);
    fake.become("locked");
    await currentSettings(context);
    await currentSettings(context);
    expect(isHeld()).toBe(true);
  });
});
