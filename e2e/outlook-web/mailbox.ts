import { test as base } from "@playwright/test";
import { chromium } from "playwright-core";
import { CHROMIUM } from "../pages/extension.ts";
import { OutlookWebPage } from "../pages/outlook-web.ts";
import { startOutlookWeb, type OutlookWeb } from "../servers/outlook-web/start.ts";

interface Mailboxes {
  /** The stand-in with alice, bob, carol and a team whose mailbox alice may open. */
  readonly server: OutlookWeb;
  /** Alice's mail page, in a browser without Signet. */
  readonly mail: OutlookWebPage;
}

export const ADDRESSES = {
  alice: "alice@practice.example",
  bob: "bob@practice.example",
  team: "team@practice.example",
};

export const startMailboxes = (): Promise<OutlookWeb> =>
  startOutlookWeb({
    users: [
      { name: "Alice Archer", email: ADDRESSES.alice, shared: [ADDRESSES.team] },
      { name: "Bob Baker", email: ADDRESSES.bob },
      { name: "Carol Cooper", email: "carol@practice.example" },
      { name: "Harvest Team", email: ADDRESSES.team },
    ],
    autosaveMilliseconds: 300,
  });

export const test = base.extend<Mailboxes>({
  server: async ({}, use) => {
    const server = await startMailboxes();
    await use(server);
    await server.close();
  },
  mail: async ({ server }, use) => {
    const browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
    });
    await use(await OutlookWebPage.signIn(await browser.newContext(), server.url, "alice"));
    await browser.close();
  },
});

export { expect } from "@playwright/test";
