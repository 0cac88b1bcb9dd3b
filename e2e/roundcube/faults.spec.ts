import { differs } from "../pages/differs.ts";
import { expect, sendSigned, test, turnSignOn } from "../pages/webmail-story.ts";
import type { Fault } from "../servers/roundcube/faults.ts";

const TEXT = "The sluice is shut.";
const BOB = "bob@practice.example";
const ALICE = "alice@practice.example";

/** What goes wrong on the way of a signed message, and what the person is told; with Encrypt on: encrypt-faults. */
const REFUSALS: readonly (readonly [what: string, fault: Fault, notice: string])[] = [
  ["a folder for drafts that is gone", { kind: "no-folder", action: "import" }, "send_h54"],
  ["a session that another sign-in has replaced", { kind: "other-token", action: "import" }, "send_h52"],
  ["a line that fails before anything was handed over", { kind: "cut", action: "import" }, "send_h53"],
];

test(
  "a server that refuses sends nothing, keeps nothing, and leaves the text where it is",
  differs("stands in with faults of its own", "the same for signed mail"),
  async ({ aliceMail: mail, roundcube: server }) => {
    test.slow();
    if (server === null) throw new Error("a story of Roundcube's");
    const form = await mail.newMail();
    await form.write({ to: [BOB, "nobody@practice.example"], subject: "Sluice", text: TEXT });
    const frame = await mail.composeFrame();
    await turnSignOn(frame);

    const isRefused = async (notice: string, words = ""): Promise<void> => {
      await sendSigned(frame);
      await expect(frame.locator(`[data-banner=${notice}]`)).toContainText(words);
      expect(await server.mailbox(BOB).inbox()).toEqual([]);
      expect(await server.mailbox(ALICE).sent()).toEqual([]);
      expect(await server.mailbox(ALICE).drafts()).toEqual([]);
      expect(await form.text()).toContain(TEXT);
      await frame.getByRole("button", { name: "Keep writing" }).click();
    };

    await test.step("the mail server refuses one of two recipients", () =>
      isRefused("send_h54", "nobody@practice.example"));
    await test.step("a mailbox that is full", async () => {
      await server.mailbox(ALICE).setQuota(1);
      await isRefused("send_h54", "Import failed");
      await server.mailbox(ALICE).setQuota(null);
    });
    for (const [what, fault, notice] of REFUSALS) {
      await test.step(what, async () => {
        const heal = server.faults.add(fault);
        await isRefused(notice);
        heal();
      });
    }
    await test.step("a session that ends between import and sending", async () => {
      server.faults.add({ kind: "expired", action: "bounce" });
      await sendSigned(frame);
      await expect(frame.locator("[data-banner=send_h52]")).toBeVisible();
      expect(await server.mailbox(BOB).inbox()).toEqual([]);
      expect(await server.mailbox(ALICE).sent()).toEqual([]);
    });
  },
);

test("a server that stops while it sends leaves it open, and looking repeats nothing at once", async ({
  aliceMail: mail,
  roundcube: server,
}) => {
  if (server === null) throw new Error("a story of Roundcube's");
  const form = await mail.newMail();
  await form.write({ to: [BOB], subject: "Sluice", text: TEXT });
  const frame = await mail.composeFrame();
  await turnSignOn(frame);
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
