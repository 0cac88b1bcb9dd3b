import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { chromium, type BrowserContext, type Page, type Worker } from "playwright-core";

const DIST = resolve(import.meta.dirname, "../../dist/chromium");
export const CHROMIUM = "/usr/bin/chromium";

export interface Extension {
  readonly context: BrowserContext;
  /** `chrome-extension://…/` */
  readonly baseUrl: string;
  /** The worker that runs; waits for one where none does. */
  readonly worker: () => Promise<Worker>;
  readonly close: () => Promise<void>;
}

interface Look {
  readonly headless: boolean;
  readonly colorScheme?: "light" | "dark";
  readonly viewport?: { readonly width: number; readonly height: number } | null;
  readonly locale?: string;
  /** Leaves the page open that opens after installing. */
  readonly keepFirstRun?: boolean;
  /** Folder of another extension in the same browser. */
  readonly besides?: string;
  /** Whoever starts it closes it at a signal; otherwise Playwright does, and ends the process at once. */
  readonly closesAtSignal?: boolean;
}

/** Starts Debian's Chromium with the build that ships, in a profile of its own. */
export async function startExtension({
  headless,
  colorScheme,
  viewport,
  locale,
  keepFirstRun = false,
  besides,
  closesAtSignal = false,
}: Look): Promise<Extension> {
  if (!existsSync(CHROMIUM)) throw new Error(`${CHROMIUM} is missing`);
  const extensions = [DIST, ...(besides === undefined ? [] : [besides])].join(",");
  const profile = mkdtempSync(join(tmpdir(), "signet-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM,
    headless,
    ignoreDefaultArgs: ["--disable-extensions"],
    colorScheme: colorScheme ?? null,
    ...(viewport === undefined ? {} : { viewport }),
    acceptDownloads: true,
    handleSIGINT: !closesAtSignal,
    handleSIGTERM: !closesAtSignal,
    handleSIGHUP: !closesAtSignal,
    args: [
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      `--disable-extensions-except=${extensions}`,
      `--load-extension=${extensions}`,
      ...(locale === undefined ? [] : [`--lang=${locale}`]),
      "--no-first-run",
      // Nothing here is drawn by a graphics card: imitating one takes a fifth of the processor's time.
      "--disable-gpu",
      // Lets a test press the toolbar button (site-permission.ts).
      "--enable-unsafe-extension-debugging",
    ],
    env: { ...process.env, ...(locale === undefined ? {} : { LANGUAGE: locale, LANG: `${locale}.UTF-8` }) },
  });
  // Intercepted from the beginning: asked for only where one is waited for, it may come after the press.
  context.on("page", (page) => page.on("filechooser", () => undefined));
  // The page of the first run opens by itself: stories begin without it, and with nothing else in front.
  const isFirstRun = (page: Page): boolean => page.url().endsWith("/first-run/index.html");
  const firstRun = context.pages().find(isFirstRun) ?? (await context.waitForEvent("page", { predicate: isFirstRun }));
  // Loaded first: closed on the way, it leaves Chromium's process of the extension without any translation.
  await firstRun.locator("h1").waitFor();
  if (!keepFirstRun) await firstRun.close();
  const isOurs = (found: Worker): boolean => new URL(found.url()).host === new URL(firstRun.url()).host;
  const worker = async (): Promise<Worker> =>
    context.serviceWorkers().find(isOurs) ??
    (await context.waitForEvent("serviceworker", { predicate: isOurs, timeout: 20_000 }));
  return {
    context,
    worker,
    baseUrl: new URL("/", (await worker()).url()).href,
    close: async () => {
      await context.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** Ends the worker as the browser does it when it is idle; the next message starts a new one. */
export async function stopWorker({ context, baseUrl }: Extension): Promise<void> {
  const [page] = context.pages();
  if (!page) throw new Error("no browser");
  const session = await context.newCDPSession(page);
  const stopped: string[] = [];
  session.on("ServiceWorker.workerVersionUpdated", ({ versions }) => {
    const ours = versions.filter(({ scriptURL }) => scriptURL.startsWith(baseUrl));
    stopped.push(...ours.filter(({ runningStatus }) => runningStatus === "stopped").map(({ versionId }) => versionId));
  });
  await session.send("ServiceWorker.enable");
  // One that is just starting does not hear the first word.
  for (let told = 0; stopped.length === 0; told++) {
    if (told === 50) throw new Error("the worker does not stop");
    await session.send("ServiceWorker.stopAllWorkers");
    await new Promise((done) => setTimeout(done, 100));
  }
  await session.detach();
}
