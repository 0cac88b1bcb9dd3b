import { randomBytes } from "node:crypto";
import { parseMessage } from "../../src/engine/mime/parse.ts";
import { differs } from "../pages/differs.ts";
import { SecureForm } from "../pages/secure-form.ts";
import { openssl } from "../tools/practice-people.ts";
import { arrived, expect, sendSigned, test, turnSignOn } from "./own-server.ts";

const word = (): string => `zq${randomBytes(9).toString("hex")}`;

/** The octets that a clear signature covers. */
const signedPart = (message: Buffer): Buffer =>
  Buffer.from(parseMessage(new Uint8Array(message)).children[0]?.bytes ?? []);

test(
  "with Roundcube's PGP plugin on for all mail, Signet's goes out once and as it was made, and the plugin gets no word of it",
  differs(
    "has no encryption of its own in the form",
    "its PGP plugin, turned on for all mail, alters nothing and is given nothing; what it was to encrypt is not sent signed and readable",
  ),
  async ({ startWith, practice, file }) => {
    test.slow();
    const { alice, bob, ca } = practice;
    const settings = { plugins: ["enigma"], configuration: { enigma_encrypt_all: true } };
    const { server, site, mail, search, deliver } = await startWith(settings);
    const [name, secret] = [`${word()}.txt`, word()];
    const own = server.mailbox(alice.email);

    const compose = await mail.newMail();
    await test.step("what the plugin is to encrypt is not sent signed and readable", async () => {
      await compose.write({ to: [bob.email], subject: "Weir", text: "The weir holds. " });
      await compose.attach(file(name, "A map."));
      const frame = await mail.composeFrame();
      await turnSignOn(frame);
      await sendSigned(frame);
      await expect(frame.locator("[data-banner=send_h65]")).toBeVisible();
      expect([...(await server.mailbox(bob.email).inbox()), ...(await own.drafts())]).toEqual([]);
    });

    await test.step("Encrypt takes over what the plugin could not have encrypted, its file too", async () => {
      const form = await SecureForm.turnOn(mail);
      await expect(form.frame.locator(`[data-file="${name}"]`)).toBeVisible();
      await form.write({ text: secret });
      await mail.page.evaluate(() => {
        (globalThis as unknown as { rcmail: { command: (name: string) => void } }).rcmail.command("savedraft");
      });
      await form.send();
      await compose.closed();
      const received = file("received.eml", await arrived(site.mailbox(bob.email)));
      const inside = openssl("cms", "-decrypt", "-in", received, "-inkey", bob.key, "-recip", bob.certificate);
      expect(inside.toString()).toContain(secret);
      expect(await server.mailbox(bob.email).inbox()).toHaveLength(1);
      expect(await own.drafts()).toEqual([]);
      expect(await search.find([secret])).toEqual([]);
    });

    await test.step("with the plugin's switch off, a signed message stays as it was signed", async () => {
      const form = await mail.newMail();
      await form.write({ to: [bob.email], subject: "Weir", text: "The weir still holds." });
      await mail.page.locator("#enigmaencryptopt").uncheck({ force: true });
      const frame = await mail.composeFrame();
      await turnSignOn(frame);
      await sendSigned(frame);
      await form.closed();
      const received = await arrived(site.mailbox(bob.email), 2);
      const path = file("signed.eml", received);
      openssl("cms", "-verify", "-in", path, "-CAfile", ca.certificate, "-purpose", "smimesign", "-out", "/dev/null");
      const [copy] = await own.sent();
      expect(signedPart(received)).toEqual(signedPart(copy?.mime ?? Buffer.alloc(0)));
      expect(await server.mailbox(bob.email).inbox()).toHaveLength(2);
    });

    for (const [message, subject, banner] of [
      ["signed", "Signed", "a7"],
      ["signed-and-encrypted", "Signed and encrypted", "b3"],
    ] as const) {
      await test.step(`${subject}: read beside the plugin`, async () => {
        await deliver(message);
        await mail.open(subject);
        const frame = await mail.messageFrame();
        await expect(frame.locator("[data-banner]")).toHaveAttribute("data-banner", banner);
      });
    }
  },
);
