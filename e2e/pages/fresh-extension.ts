import { stopWorker, type Extension } from "./extension.ts";

/** What of Chromium's interface for extensions is needed to forget everything. */
interface Forgetting {
  readonly chrome: {
    readonly permissions: {
      readonly getAll: () => Promise<{ origins: string[] }>;
      readonly remove: (permissions: { origins: string[] }) => Promise<boolean>;
    };
    readonly storage: Readonly<Record<"local" | "session", { readonly clear: () => Promise<void> }>>;
    readonly alarms: { readonly clearAll: () => Promise<boolean> };
    readonly scripting: { readonly getRegisteredContentScripts: () => Promise<readonly unknown[]> };
  };
}

/**
 * Makes the extension as it is after installing, in a browser without pages, so that stories can share a browser: to
 * start one takes most of a short story's time.
 */
export async function makeFresh(extension: Extension): Promise<void> {
  const { context, baseUrl } = extension;
  // The first is the browser's own (site-permission.ts).
  const pages = context.pages().slice(1);
  const origins = pages.map((page) => new URL(page.url()).origin).filter((origin) => origin.startsWith("http"));
  for (const page of pages) await page.close();
  await context.unrouteAll();
  await context.clearCookies();

  // A file of the extension has its interfaces, without any of its pages.
  const own = await context.newPage();
  await own.goto(`${baseUrl}manifest.json`);
  await own.evaluate(async () => {
    const { permissions, storage, alarms, scripting } = (globalThis as unknown as Forgetting).chrome;
    await permissions.remove({ origins: (await permissions.getAll()).origins });
    // The worker takes its scripts away then; stopped before that, it would leave them to the next story.
    for (let looked = 0; looked < 100 && (await scripting.getRegisteredContentScripts()).length > 0; looked++)
      await new Promise((done) => setTimeout(done, 50));
    await alarms.clearAll();
    await storage.local.clear();
    await storage.session.clear();
  });
  await stopWorker(extension);
  const session = await context.newCDPSession(own);
  for (const origin of [baseUrl.slice(0, -1), ...new Set(origins)]) {
    await session.send("Storage.clearDataForOrigin", { origin, storageTypes: "all" });
  }
  await own.close();
}
