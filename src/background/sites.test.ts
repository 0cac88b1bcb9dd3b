import { describe, expect, it } from "vitest";
import type { Browser } from "./browser.ts";
import { sitePattern, sitesOf } from "./sites.ts";

const MAIL = "https://mail.example/*";
const OTHER = "https://other.example/*";

/** A browser with a tab for each pattern; `started` are those in which the content script was started. */
function fakeBrowser(granted: readonly string[], registered: readonly string[]) {
  const state = { granted: [...granted], registered: [...registered], started: [] as string[] };
  const tabs = [MAIL, OTHER];
  const scripting = {
    getRegisteredContentScripts: () =>
      Promise.resolve(state.registered.length === 0 ? [] : [{ id: "webmail", matches: state.registered }]),
    unregisterContentScripts: () => {
      state.registered = [];
      return Promise.resolve();
    },
    registerContentScripts: ([{ matches }]: [{ matches: string[] }]) => {
      state.registered = matches;
      return Promise.resolve();
    },
    executeScript: ({ target }: { target: { tabId: number } }) => {
      state.started.push(tabs[target.tabId] ?? "?");
      return Promise.resolve([]);
    },
  };
  const browser = {
    permissions: { getAll: () => Promise.resolve({ origins: ["chrome://favicon/*", ...state.granted] }) },
    scripting,
    tabs: {
      query: ({ url }: { url: string[] }) =>
        Promise.resolve(tabs.flatMap((tab, id) => (url.includes(tab) ? [{ id }] : []))),
    },
  } as unknown as Browser;
  return { state, sites: sitesOf(browser) };
}

describe("the sites of the content script", () => {
  it("are those that are granted, and it starts in their open tabs once", async () => {
    const { state, sites } = fakeBrowser([MAIL], []);
    await sites.follow([MAIL]);
    await sites.follow();
    expect(state).toMatchObject({ registered: [MAIL], started: [MAIL] });
  });

  it("are left when they are withdrawn", async () => {
    const { state, sites } = fakeBrowser([OTHER], [MAIL, OTHER]);
    await sites.follow();
    expect(state).toMatchObject({ registered: [OTHER], started: [] });
  });

  it("have it started again where the worker ended before it was taken away", async () => {
    // Withdrawn and granted again: the registration of before stands still, and no tab has the script any more.
    const { state, sites } = fakeBrowser([MAIL, OTHER], [MAIL, OTHER]);
    await sites.follow([MAIL]);
    expect(state.started).toEqual([MAIL]);
  });

  it("never have it started where nothing is granted, whatever the event names", async () => {
    const { state, sites } = fakeBrowser([], []);
    await sites.follow([MAIL]);
    expect(state).toMatchObject({ registered: [], started: [] });
  });
});

describe("the pattern of a site", () => {
  it.each([
    ["https://mail.example/owa/?x#y", "https://mail.example/*"],
    ["http://127.0.0.1:8080/mail", "http://127.0.0.1/*"],
    ["chrome://extensions", null],
    ["file:///etc/passwd", null],
    ["no address", null],
    [undefined, null],
  ])("of %s is %s", (address, pattern) => {
    expect(sitePattern(address)).toBe(pattern);
  });
});
