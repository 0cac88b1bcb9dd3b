import { Alarm } from "../storage/names.ts";
import type { Browser } from "./browser.ts";
import type { PageContext } from "./page-context.ts";
import { currentSettings } from "./use-cases/settings.ts";
import { lock } from "./use-cases/vault.ts";

/** The browser's alarms are no finer than half a minute; the expiry itself is checked at every use of a key. */
const LOOK_EVERY_MINUTES = 1;

type LockBrowser = Pick<Browser, "alarms" | "idle">;

/** Removes the opened vault key from memory when its time is over and when the screen is locked, worker or no worker. */
export interface VaultLock {
  /** A key was opened: from now on its time runs. */
  opened(): void;
}

export function vaultLock(browser: LockBrowser, context: PageContext): VaultLock {
  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name === Alarm.vaultExpiry) void expire();
  });
  browser.idle.onStateChanged.addListener((state) => {
    if (state === "locked") void lockWithScreen();
  });

  async function expire(): Promise<void> {
    const { vault, sessionVault } = context;
    await vault.expire();
    // Whoever reads a key removes it where its time is over.
    const isOver = !(await sessionVault.isOpen()) && (await vault.state()).expiresAt === null;
    if (isOver) await browser.alarms.clear(Alarm.vaultExpiry);
  }

  async function lockWithScreen(): Promise<void> {
    const { settings } = await currentSettings(context);
    if (settings.LockWhenIdle.value) await lock(context, "browser");
  }

  return {
    opened: () => {
      // Chromium's has a promise, Firefox's none; nobody waits for either.
      void browser.alarms.create(Alarm.vaultExpiry, { periodInMinutes: LOOK_EVERY_MINUTES });
    },
  };
}
