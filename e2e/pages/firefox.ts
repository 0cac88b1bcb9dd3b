import { existsSync } from "node:fs";
import { resolve } from "node:path";
import puppeteer, { type Browser, type Frame, type Page } from "puppeteer-core";

const DIST = resolve(import.meta.dirname, "../../dist/firefox");
export const FIREFOX = "/usr/bin/firefox-esr";

const ID = "signet@signet.example";
/** Firefox draws a new one for each profile; here it is always this. */
const UUID = "5d3f1c0e-9a47-4b62-8e15-7c2a60f4b981";
const BASE_URL = `moz-extension://${UUID}/`;

/** How long a page or frame of ours may take to come. Milliseconds. */
const PATIENCE_MS = 15_000;

/** What puppeteer-core 24.43.1 has beneath its public interface; its version is pinned for that. */
interface BidiBrowser {
  readonly connection: { send(method: string, parameters: object): Promise<{ readonly result: unknown }> };
}
interface BidiFrame {
  readonly _id: string;
}
interface Evaluated {
  readonly type: "success" | "exception";
  readonly result?: { readonly value?: unknown };
  readonly exceptionDetails?: { readonly text: string };
}

export interface Firefox {
  readonly browser: Browser;
  /** A page of the extension as a whole tab. */
  openOwnPage(path: string): Promise<Page>;
  /** Presses the extension's toolbar button in the tab in front; its question is answered with yes. */
  pressToolbarButton(): Promise<void>;
  /** Ends the background as the browser does it when it is idle. */
  stopBackground(): Promise<void>;
  close(): Promise<void>;
}

/** Starts Debian's Firefox ESR with the build that ships, in a profile of its own, by WebDriver BiDi. */
export async function startFirefox(): Promise<Firefox> {
  if (!existsSync(FIREFOX)) throw new Error(`${FIREFOX} is missing`);
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: FIREFOX,
    headless: true,
    // Pages of extensions and the browser's own window are refused to automation otherwise.
    args: ["--remote-allow-system-access"],
    extraPrefsFirefox: {
      "extensions.webextensions.uuids": JSON.stringify({ [ID]: UUID }),
      // The question for a site is answered with yes, without its panel; a person's press is needed all the same.
      "extensions.webextOptionalPermissionPrompts": false,
    },
  });
  const { connection } = browser as unknown as BidiBrowser;
  await browser.installExtension(DIST);

  /** Runs in the browser's own window, as the browser's own code does. */
  async function inChrome(expression: string): Promise<unknown> {
    const tree = await connection.send("browsingContext.getTree", { "moz:scope": "chrome" });
    const [context] = (tree.result as { contexts: { context: string }[] }).contexts;
    const answer = await connection.send("script.evaluate", {
      target: { context: context?.context },
      awaitPromise: true,
      expression: `(async () => { const extension = WebExtensionPolicy.getByID("${ID}").extension; ${expression} })()`,
    });
    const evaluated = answer.result as Evaluated;
    if (evaluated.type !== "success") throw new Error(evaluated.exceptionDetails?.text ?? "chrome script failed");
    return evaluated.result?.value;
  }

  return {
    browser,
    async openOwnPage(path) {
      const page = await browser.newPage();
      const context = (page.mainFrame() as unknown as BidiFrame)._id;
      // Puppeteer's own navigation never resolves for these addresses.
      await connection.send("browsingContext.navigate", { context, url: BASE_URL + path, wait: "none" });
      await until(() =>
        page
          .evaluate(() => location.protocol === "moz-extension:" && document.readyState === "complete")
          .catch(() => false),
      );
      return page;
    },
    async pressToolbarButton() {
      await inChrome(`
        const { ExtensionParent } = ChromeUtils.importESModule("resource://gre/modules/ExtensionParent.sys.mjs");
        const window = Services.wm.getMostRecentWindow("navigator:browser");
        await ExtensionParent.apiManager.global.browserActionFor(extension).triggerAction(window);`);
    },
    async stopBackground() {
      await inChrome("await extension.terminateBackground({ disableResetIdleForTest: true });");
    },
    close: () => browser.close(),
  };
}

export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error("waited in vain");
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** The one frame of ours in a page that shows this page of ours, and is none of those that stood there before. */
export async function ownFrame(page: Page, path: string, before: readonly Frame[] = []): Promise<Frame> {
  let found: Frame | undefined;
  await until(() => {
    found = page
      .frames()
      .find((frame) => !before.includes(frame) && frame.url().startsWith(BASE_URL) && frame.url().includes(path));
    return found !== undefined;
  });
  return found!;
}
