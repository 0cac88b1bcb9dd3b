import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base } from "@playwright/test";
import { makeMessages } from "../tools/practice-messages.ts";
import { makePractice, PASSPHRASE, type Practice } from "../tools/practice-people.ts";
import { startExtension, type Extension } from "./extension.ts";
import { makeFresh } from "./fresh-extension.ts";
import { OpenPage } from "./open-page.ts";

export interface Stories {
  /** The extension as it is after installing. */
  readonly extension: Extension;
  readonly open: OpenPage;
  /** The same, with alice's identity and the practice authority taken in by the page. */
  readonly alice: OpenPage;
  /** Writes a file for the page to open. */
  readonly file: (name: string, content: string | Buffer) => string;
}

export interface Shared {
  /** One for all stories of a worker, made fresh after each; after one that fails Playwright starts another worker. */
  readonly browserOfWorker: Extension;
  readonly practice: Practice;
  /** The practice message of this name. */
  readonly message: (name: string) => string;
}

const temporary = (): string => mkdtempSync(join(tmpdir(), "signet-story-"));

export const test = base.extend<Stories, Shared>({
  practice: [
    async ({}, use) => {
      const folder = temporary();
      await use(makePractice(folder));
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: "worker" },
  ],
  message: [
    async ({ practice }, use) => {
      const messages = makeMessages(practice);
      await use((name) => {
        const found = messages.find((message) => message.name === name);
        if (!found) throw new Error(`no practice message ${name}`);
        return found.file;
      });
    },
    { scope: "worker" },
  ],
  browserOfWorker: [
    async ({}, use) => {
      const extension = await startExtension({ headless: true, viewport: { width: 1280, height: 1100 } });
      await use(extension);
      await extension.close();
    },
    { scope: "worker", timeout: 60_000 },
  ],
  extension: async ({ browserOfWorker }, use) => {
    await use(browserOfWorker);
    await makeFresh(browserOfWorker);
  },
  open: async ({ extension }, use) => {
    await use(await OpenPage.open(extension.context, extension.baseUrl));
  },
  alice: async ({ open, practice }, use) => {
    await open.importIdentity(practice.alice.p12, PASSPHRASE);
    await open.trust(practice.ca.certificate);
    await use(open);
  },
  file: async ({}, use) => {
    const folder = temporary();
    await use((name, content) => {
      const path = join(folder, name);
      writeFileSync(path, content);
      return path;
    });
    rmSync(folder, { recursive: true, force: true });
  },
});

export { expect } from "@playwright/test";
export { PASSPHRASE };
