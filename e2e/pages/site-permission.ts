import type { Page } from "playwright-core";
import type { Extension } from "./extension.ts";

/** Chrome's own page of extensions may do this; a headless browser shows no question that one could answer. */
interface ExtensionsPage {
  readonly chrome: {
    readonly developerPrivate: {
      readonly addHostPermission: (id: string, pattern: string) => Promise<void>;
      readonly removeHostPermission: (id: string, pattern: string) => Promise<void>;
    };
  };
}

const patternOf = (address: string): string => {
  const { protocol, hostname } = new URL(address);
  // Chromium's match patterns have a port, but the extension asks without one: Firefox knows none.
  return `${protocol}//${hostname}/*`;
};

async function change(
  { context, baseUrl }: Extension,
  act: "addHostPermission" | "removeHostPermission",
  site: string,
): Promise<void> {
  // The empty tab with which a browser begins: the page takes long to load, and stays for the next time.
  const [page] = context.pages();
  if (page === undefined) throw new Error("no browser");
  if (!page.url().startsWith("chrome://extensions")) await page.goto("chrome://extensions");
  await page.evaluate(
    ([method, id, pattern]) => (globalThis as unknown as ExtensionsPage).chrome.developerPrivate[method](id, pattern),
    [act, new URL(baseUrl).host, patternOf(site)] as const,
  );
}

/** Presses the extension's button in the toolbar, in this page's tab. */
export async function pressToolbarButton({ context, baseUrl }: Extension, page: Page): Promise<void> {
  const browser = context.browser();
  if (!browser) throw new Error("no browser");
  const session = await browser.newBrowserCDPSession();
  // Playwright's list of the protocol's methods is older than this one.
  const send = (method: string, parameters: object): Promise<unknown> =>
    (session as unknown as { send: (method: string, parameters: object) => Promise<unknown> }).send(method, parameters);
  // A page that is just going elsewhere has another address here than there.
  const find = async (): Promise<{ targetId: string } | undefined> => {
    const { targetInfos } = (await send("Target.getTargets", { filter: [{ type: "tab" }] })) as {
      targetInfos: { targetId: string; url: string }[];
    };
    return targetInfos.find(({ url }) => url === page.url());
  };
  let tab = await find();
  for (let looked = 0; tab === undefined; looked++) {
    if (looked === 50) throw new Error(`no tab shows ${page.url()}`);
    await page.waitForTimeout(100);
    tab = await find();
  }
  await page.bringToFront();
  await send("Extensions.triggerAction", { id: new URL(baseUrl).host, targetId: tab.targetId });
  await session.detach();
}

/** Grants the site that a page shows: the answer is given beforehand, the press of the button asks for it. */
export async function grantSite(extension: Extension, page: Page): Promise<void> {
  await change(extension, "addHostPermission", page.url());
  await pressToolbarButton(extension, page);
}

export const withdrawSite = (extension: Extension, site: string): Promise<void> =>
  change(extension, "removeHostPermission", site);
