import { differs } from "../pages/differs.ts";
import { stopWorker } from "../pages/extension.ts";
import { RoundcubePage } from "../pages/roundcube.ts";
import { takeContacts } from "../pages/own-identity.ts";
import { makePerson } from "../tools/practice-people.ts";
import { arrived, expect, SecureForm, test as base } from "../pages/secret-story.ts";
import type { Fault } from "../servers/roundcube/faults.ts";
import type { Roundcube } from "../servers/roundcube/start.ts";

const test = base.extend<{ readonly server: Roundcube }>({
  server: async ({ roundcube }, use) => {
    if (roundcube === null) throw new Error("stories of Roundcube");
    await use(roundcube);
  },
});

/** What goes wrong before anything is sent, and what the person is told. */
const REFUSALS: readonly (readonly [what: string, fault: Fault, notice: string, words: RegExp])[] = [
  ["the folder for drafts is gone", { kind: "no-folder", action: "import" }, "h54", /Import failed/],
  ["another sign-in has replaced the session", { kind: "other-token", action: "import" }, "h52", /signed out/],
  ["the line fails", { kind: "cut", action: "import" }, "h53", /does not answer/],
  ["a server in front takes less", { kind: "too-large", action: "import" }, "h41_size", /refuses/],
  ["the session ends after the import", { kind: "expired", action: "bounce" }, "h52", /signed out/],
];

test(
  "where the server refuses, nobody gets anything, nothing is left there, and the same form sends it once",
  differs(
    "its own, in `e2e/outlook-web/encrypt-faults.spec.ts`",
    "refused recipient, full mailbox, missing folder, session over or another's, limits in front; a worker and a server that stop in the middle",
  ),
  async ({ secretMail: mail, secrets, extension, practice, server, site, decrypt, file }) => {
    test.slow();
    const { alice, bob, ca } = practice;
    // With a certificate, and without a mailbox.
    const nobody = makePerson(file("nobody", "").replace(/\/nobody$/, ""), ca, "nobody", "Nobody");
    await takeContacts(extension, nobody.certificate);
    await mail.page.bringToFront();
    const compose = await mail.newMail();
    const form = await SecureForm.turnOn(mail);
    await form.write({ to: [bob.email, nobody.email], subject: secrets.subject, text: secrets.text });

    const isRefused = async (notice: string, words: RegExp, left = 0): Promise<void> => {
      await form.send();
      await expect(form.notice(notice)).toContainText(words);
      expect(await server.mailbox(bob.email).inbox()).toEqual([]);
      expect(await server.mailbox(alice.email).sent()).toEqual([]);
      expect(await server.mailbox(alice.email).drafts()).toHaveLength(left);
      await expect(form.editor).toContainText(secrets.text);
      await form.notice(notice).getByRole("button", { name: "Keep writing" }).click();
    };

    await test.step("the mail server refuses one of two recipients", async () => {
      await isRefused("h54", /nobody@practice\.example/);
      await form.removeRecipient(nobody.email);
    });
    await test.step("the mailbox is full", async () => {
      await server.mailbox(alice.email).setQuota(1);
      await isRefused("h54", /Import failed/);
      await server.mailbox(alice.email).setQuota(null);
    });
    for (const [what, fault, notice, words] of REFUSALS) {
      await test.step(what, async () => {
        const heal = server.faults.add(fault);
        await isRefused(notice, words, what.includes("after the import") ? 1 : 0);
        heal();
      });
    }
    await test.step("she signs out in another tab, and in again", async () => {
      // Where Roundcube's own timer hears of the new session first, its page loads itself anew: the next story.
      await mail.page.route(/_action=(?:refresh|keep-alive)/, (route) => route.abort());
      const tab = await mail.page.context().newPage();
      await tab.goto(`${server.url}/?_task=mail`);
      const token = await tab.evaluate(() => (globalThis as unknown as Rcmail).rcmail.env.request_token);
      await tab.goto(`${server.url}/?_task=logout&_token=${token}`);
      await tab.locator("[name=_user]").waitFor();
      await mail.page.bringToFront();
      await isRefused("h52", /Sign in in another tab/, 1);
      await (await RoundcubePage.signIn(mail.page.context(), server.url, "alice")).page.close();
      await tab.close();
      await mail.page.bringToFront();
    });
    await form.send();
    await compose.closed();
    expect(decrypt(await arrived(site.mailbox(bob.email)), bob)).not.toBeNull();
    expect(await server.mailbox(bob.email).inbox()).toHaveLength(1);
    expect(await server.mailbox(alice.email).sent()).toHaveLength(1);
    expect(await server.mailbox(alice.email).drafts()).toEqual([]);
  },
);

interface Rcmail {
  readonly rcmail: { readonly env: { readonly request_token: string } };
}

test("where the worker dies, or the server stops in the middle, nobody gets it twice and the draft is offered again", async ({
  secretMail: mail,
  secrets,
  extension,
  practice,
  server,
  site,
  decrypt,
}) => {
  test.slow();
  const { bob } = practice;
  const inbox = server.mailbox(bob.email).inbox;

  await test.step("the worker dies while Roundcube sends", async () => {
    const compose = await mail.newMail();
    const form = await SecureForm.turnOn(mail);
    await form.write({ to: [bob.email], subject: secrets.subject, text: secrets.text });
    server.faults.add({ kind: "slow", action: "bounce", count: 1 });
    const sending = mail.page.waitForRequest(/_action=bounce/);
    await form.send();
    await sending;
    await stopWorker(extension);
    await form.notice("h56").getByRole("button", { name: "Look and finish" }).click();
    await compose.closed();
    expect(await inbox()).toHaveLength(1);
  });

  await test.step("the server stops, and looking repeats nothing at once", async () => {
    await mail.newMail();
    const form = await SecureForm.turnOn(mail);
    await form.write({ to: [bob.email], subject: secrets.subject, text: secrets.text });
    await form.kept();
    const heal = server.faults.add({ kind: "cut", action: "bounce" });
    await form.send();
    await expect(form.notice("h56")).toBeVisible();
    heal();
    const before = server.requests.length;
    await form.notice("h56").getByRole("button", { name: "Look and finish" }).click();
    await expect(form.notice("h56")).toBeVisible();
    expect(server.requests.slice(before).filter(({ url }) => url.includes("_action=bounce"))).toEqual([]);
  });

  await test.step("after a crash it is offered as one that may have been sent, and goes once", async () => {
    await mail.page.reload();
    const compose = await mail.newMail();
    const form = await SecureForm.turnOn(mail);
    const offer = form.frame.locator("[data-offer]");
    await expect(offer).toContainText("it may have been sent");
    await offer.getByRole("button", { name: "Open" }).click();
    await expect(form.editor).toContainText(secrets.text);
    await form.send();
    await compose.closed();
    expect(decrypt(await arrived(site.mailbox(bob.email), 2), bob)).not.toBeNull();
    expect(await inbox()).toHaveLength(2);
  });
});
