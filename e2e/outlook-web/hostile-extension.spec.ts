import { resolve } from "node:path";
import type { Worker } from "playwright-core";
import { differs } from "../pages/differs.ts";
import { startExtension, type Extension } from "../pages/extension.ts";
import { expect, sendSigned, test as base, turnSignOn } from "../pages/mail-story.ts";

const HOSTILE = resolve(import.meta.dirname, "../fixtures/hostile-extension");

interface Found {
  readonly what: "frame" | "text" | "shadow" | "address" | "message" | "stolen";
  readonly text: string;
}
interface Attempted {
  readonly frames: number;
  readonly outcomes: Readonly<Record<string, string>>;
}
interface HostileWorker {
  readonly found: readonly Found[];
  readonly attempt: (victim: string, tabId: number) => Promise<Attempted>;
  readonly chrome: { readonly tabs: { query: (query: object) => Promise<{ id: number }[]> } };
}

/** Signet beside an extension that has access to every page, with a content script in all frames. */
const test = base.extend<{ hostile: Worker }>({
  extension: async ({}, use) => {
    const look = { headless: true, viewport: { width: 1280, height: 1100 } } as const;
    const extension = await startExtension({ ...look, besides: HOSTILE });
    await use(extension);
    await extension.close();
  },
  hostile: async ({ extension }, use) => {
    const isHostile = (worker: Worker): boolean => worker.url().endsWith("/worker.js");
    const { context } = extension;
    await use(
      context.serviceWorkers().find(isHostile) ??
        (await context.waitForEvent("serviceworker", { predicate: isHostile })),
    );
  },
});

// Two extensions in one browser, of which one looks at everything.
test.setTimeout(60_000);

const foundBy = (hostile: Worker): Promise<readonly Found[]> =>
  hostile.evaluate(() => (globalThis as unknown as HostileWorker).found);

const attemptsOn = ({ baseUrl }: Extension, hostile: Worker): Promise<Attempted> =>
  hostile.evaluate(async (victim) => {
    const { attempt, chrome } = globalThis as unknown as HostileWorker;
    const [tab] = await chrome.tabs.query({ active: true });
    return attempt(victim, tab?.id ?? -1);
  }, new URL(baseUrl).host);

const textOf = (found: readonly Found[], ...kinds: readonly Found["what"][]): string =>
  found
    .filter(({ what }) => kinds.includes(what))
    .map(({ text }) => text)
    .join("\n");

/** Of a frame there is its empty first document to be had, before ours comes. */
const wordsStolen = (found: readonly Found[]): string =>
  textOf(found, "stolen", "message")
    .replace(/<[^>]*>/g, "")
    .trim();

test(
  "another extension in all frames learns nothing of an encrypted message (attacks 50 and 51)",
  differs("what another extension in all frames can do", "the same code; not run twice"),
  async ({ hostile, extension, aliceMail: mail, deliver }) => {
    // What the webmail shows itself it may read: so it is seen that the fixture looks.
    deliver("signed-and-encrypted");
    await expect.poll(async () => textOf(await foundBy(hostile), "text")).toContain("Practice mail");

    await mail.open("Signed and encrypted");
    const frame = await mail.messageFrame();
    const body = frame.locator("iframe.body").contentFrame();
    await expect(body.getByText("The harvest report is ready")).toBeVisible();
    await mail.page.locator("iframe.forged").first().waitFor({ state: "attached" });
    expect(await attemptsOn(extension, hostile)).toEqual({
      frames: expect.any(Number) as unknown,
      outcomes: {
        "a request of its pages": "nothing",
        "a request of its content script": "nothing",
        "a port of its frames": "nothing",
        "a file of it": "nothing",
        "its frames by injection": "nothing",
      },
    });
    const found = await foundBy(hostile);
    // It opens closed shadow roots, and so it has the frame's address: which is worth nothing to it.
    expect(textOf(found, "address")).toContain("/message/index.html#");
    expect(wordsStolen(found)).toBe("");
    expect(textOf(found, "frame")).not.toMatch(/extension:|srcdoc/);
    expect(textOf(found, "text", "shadow")).not.toMatch(/harvest report|withdrawal|status not known/);
    for (const forged of await mail.page.locator("iframe.forged").all()) {
      await expect(forged.contentFrame().locator("main")).not.toContainText(/harvest|signed/i);
    }
  },
);

test("another extension in all frames causes no signature (attack 47)", async ({
  hostile,
  aliceMail: mail,
  webmail,
  practice,
}) => {
  const form = await mail.newMail();
  await form.write({ to: ["bob@practice.example"], subject: "Bait", text: "Sign this." });
  const frame = await mail.composeFrame();
  await turnSignOn(frame);
  await expect.poll(async () => textOf(await foundBy(hostile), "address")).toContain("compose/index.html");
  await expect(frame.locator("[data-act=send][data-seen=true]")).toBeVisible();
  expect(webmail.mailbox(practice.alice.email).sent()).toEqual([]);
  expect(webmail.mailbox(practice.bob.email).inbox()).toEqual([]);
  expect(wordsStolen(await foundBy(hostile))).toBe("");
  // And the person can still send.
  await sendSigned(frame);
  await form.closed();
  expect(webmail.mailbox(practice.bob.email).inbox()).toHaveLength(1);
});
