import type { Page } from "playwright-core";
import { differs } from "../pages/differs.ts";
import { SecureForm } from "../pages/secure-form.ts";
import { openssl } from "../tools/practice-people.ts";
import { arrived, expect, sendSigned, test, turnSignOn } from "./own-server.ts";

/** Of PHP on Debian, where nobody has changed it. */
const DEBIAN_LIMIT = "2M";

/** As Roundcube's own form for people does it. */
async function addToAddressBook(page: Page, name: string, address: string): Promise<void> {
  await page.evaluate(
    async ([words, email]) => {
      const { request_token } = (globalThis as unknown as Rcmail).rcmail.env;
      const person = { _source: "0", _name: words, "_email[]": email, "_subtype_email[]": "home" };
      const body = new URLSearchParams({ ...person, _token: request_token });
      await fetch("?_task=addressbook&_action=save", { method: "POST", body });
    },
    [name, address] as const,
  );
}

interface Rcmail {
  readonly rcmail: { readonly env: { readonly request_token: string } };
}

const SECRET = "zqlarry0c1f4d7a2e";

test(
  "in the skin Larry, with PHP's own limit, alice reads, is told what is too large, encrypts and signs",
  differs("has one form", "Larry beside Elastic; a message larger than PHP takes as one file is held"),
  async ({ startWith, practice, file }) => {
    test.slow();
    const { bob } = practice;
    const { server, site, mail, search, deliver } = await startWith({ skin: "larry", uploadLimit: DEBIAN_LIMIT });

    await deliver("signed-and-encrypted");
    await mail.open("Signed and encrypted");
    const read = await mail.messageFrame();
    await expect(read.locator("[data-banner]")).toHaveAttribute("data-banner", "b3");

    await addToAddressBook(mail.page, "Erin Elm", "erin@elsewhere.example");
    const compose = await mail.newMail();
    await test.step("signed, the file is larger than the server takes", async () => {
      await compose.write({ to: [bob.email], subject: "Map", text: "The map. " });
      await compose.attach(file("map.bin", Buffer.alloc(1_800_000, 1)));
      const frame = await mail.composeFrame();
      await turnSignOn(frame);
      await sendSigned(frame);
      await expect(frame.locator("[data-banner=send_h41]")).toBeVisible();
      expect(await server.mailbox(bob.email).inbox()).toEqual([]);
    });

    await test.step("Encrypt takes the form over, says so too, and sends without the file", async () => {
      const form = await SecureForm.turnOn(mail);
      await expect(form.chip(bob.email)).toHaveAttribute("data-status", "ready");
      await expect(form.subject).toHaveValue("Map");
      await expect(form.editor).toContainText("The map.");
      await expect(compose.editor).toBeHidden();
      // Suggestions come from Roundcube's address book too.
      await form.recipients("To").pressSequentially("Elm");
      await expect(form.frame.getByRole("option", { name: /erin@elsewhere\.example/ })).toBeVisible();
      await form.recipients("To").fill("");
      await form.write({ text: SECRET });
      await form.send();
      await expect(form.notice("h41_files")).toBeVisible();
      expect(await server.mailbox(bob.email).inbox()).toEqual([]);
      await form.notice("h41_files").getByRole("button", { name: "Remove it" }).click();
      await form.send();
      await compose.closed();
      const received = file("received.eml", await arrived(site.mailbox(bob.email)));
      const inside = openssl("cms", "-decrypt", "-in", received, "-inkey", bob.key, "-recip", bob.certificate);
      expect(inside.toString()).toContain(SECRET);
      expect(await search.find([SECRET])).toEqual([]);
    });

    await test.step("a signed message goes", async () => {
      const form = await mail.newMail();
      await form.write({ to: [bob.email], subject: "Ford", text: "The ford is deep." });
      const frame = await mail.composeFrame();
      await turnSignOn(frame);
      await sendSigned(frame);
      await form.closed();
      expect((await arrived(site.mailbox(bob.email), 2)).toString()).toContain("multipart/signed");
    });

    await test.step("Roundcube has ended for good: nothing is sent, and the text stays", async () => {
      await mail.newMail();
      const form = await SecureForm.turnOn(mail);
      await form.write({ to: [bob.email], text: SECRET });
      await server.stopPhp();
      await form.send();
      await expect(form.notice("h53")).toContainText("Not sent");
      await expect(form.editor).toContainText(SECRET);
      expect(await server.mailbox(bob.email).inbox()).toHaveLength(2);
      expect(await search.find([SECRET])).toEqual([]);
    });
  },
);
