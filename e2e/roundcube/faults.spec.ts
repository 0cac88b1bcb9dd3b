import type { Frame } from "playwright-core";
import type { ComposePage, MailPage } from "../pages/mail-page.ts";
import { expect, sendSigned, test as base, turnSignOn } from "../pages/webmail-story.ts";
import type { Roundcube } from "../servers/roundcube/start.ts";

interface FaultStories {
  readonly server: Roundcube;
  /** A form with Sign on, ready to be sent to these. */
  readonly written: (...to: string[]) => Promise<{ form: ComposePage; frame: Frame }>;
}

const TEXT = "The sluice is shut.";

const test = base.extend<FaultStories>({
  server: async ({ roundcube }, use) => {
    if (roundcube === null) throw new Error("stories of Roundcube");
    await use(roundcube);
  },
  written: async ({ aliceMail }, use) => {
    await use((...to) => write(aliceMail, to));
  },
});

async function write(mail: MailPage, to: readonly string[]): Promise<{ form: ComposePage; frame: Frame }> {
  const form = await mail.newMail();
  await form.write({ to, subject: "Sluice", text: TEXT });
  const frame = await mail.composeFrame();
  await turnSignOn(frame);
  return { form, frame };
}

const BOB = "bob@practice.example";
const ALICE = "alice@practice.example";

/** Nothing was sent, nothing stays behind, and the text is still there. */
async function nothingHappened(server: Roundcube, form: ComposePage): Promise<void> {
  expect(await server.mailbox(BOB).inbox()).toEqual([]);
  expect(await server.mailbox(ALICE).sent()).toEqual([]);
  expect(await server.mailbox(ALICE).drafts()).toEqual([]);
  expect(await form.text()).toContain(TEXT);
}

test("where the mail server refuses one of two recipients, nobody gets it", async ({ server, written }) => {
  const { form, frame } = await written(BOB, "nobody@practice.example");
  await sendSigned(frame);
  const notice = frame.locator("[data-banner=send_h54]");
  await expect(notice).toContainText("nobody@practice.example");
  await nothingHappened(server, form);
});

test("a mailbox that is full says so, and sends nothing", async ({ server, written }) => {
  const { form, frame } = await written(BOB);
  server.mailbox(ALICE).setQuota(1);
  await sendSigned(frame);
  await expect(frame.locator("[data-banner=send_h54]")).toContainText("Import failed");
  await nothingHappened(server, form);
});

test("a folder for drafts that is gone says so, and sends nothing", async ({ server, written }) => {
  const { form, frame } = await written(BOB);
  server.faults.add({ kind: "no-folder", action: "import" });
  await sendSigned(frame);
  await expect(frame.locator("[data-banner=send_h54]")).toContainText("Import failed");
  await nothingHappened(server, form);
});

test("a session that another sign-in has replaced is signed out", async ({ server, written }) => {
  const { form, frame } = await written(BOB);
  server.faults.add({ kind: "other-token", action: "import" });
  await sendSigned(frame);
  await expect(frame.locator("[data-banner=send_h52]")).toBeVisible();
  await nothingHappened(server, form);
});

test("a session that ends between import and sending sends nothing", async ({ server, written }) => {
  const { frame } = await written(BOB);
  server.faults.add({ kind: "expired", action: "bounce" });
  await sendSigned(frame);
  await expect(frame.locator("[data-banner=send_h52]")).toBeVisible();
  expect(await server.mailbox(BOB).inbox()).toEqual([]);
  expect(await server.mailbox(ALICE).sent()).toEqual([]);
});

test("a line that fails before anything was handed over sends nothing", async ({ server, written }) => {
  const { form, frame } = await written(BOB);
  server.faults.add({ kind: "cut", action: "import" });
  await sendSigned(frame);
  await expect(frame.locator("[data-banner=send_h53]")).toBeVisible();
  await nothingHappened(server, form);
});

test("a server that stops while it sends leaves it open, and looking repeats nothing at once", async ({
  server,
  written,
}) => {
  const { frame } = await written(BOB);
  const heal = server.faults.add({ kind: "cut", action: "bounce" });
  await sendSigned(frame);
  await expect(frame.getByRole("heading", { name: "Not clear whether it was sent" })).toBeVisible();
  heal();
  const before = server.requests.length;
  await frame.getByRole("button", { name: "Look and finish" }).click();
  await expect(frame.getByRole("heading", { name: "Not clear whether it was sent" })).toBeVisible();
  const since = server.requests.slice(before).map(({ url }) => url);
  expect(since.some((url) => url.includes("_action=search"))).toBe(true);
  expect(since.some((url) => url.includes("_action=bounce"))).toBe(false);
  expect(await server.mailbox(BOB).inbox()).toEqual([]);
  // What was written is not lost.
  expect(await server.mailbox(ALICE).drafts()).toHaveLength(1);
});
