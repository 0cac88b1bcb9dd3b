import { createHash, randomBytes } from "node:crypto";
import { parseMessage } from "../../src/engine/mime/parse.ts";
import { openssl } from "../tools/practice-people.ts";
import { differs } from "../pages/differs.ts";
import { takeContacts } from "../pages/own-identity.ts";
import { SecureForm } from "../pages/secure-form.ts";
import { arrived, expect, sendSigned, test, turnSignOn } from "../pages/webmail-story.ts";

/** Octets; a message of it has a third more. */
const SIZE = 11_000_000;

const digest = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

test(
  "a file of 11 MB arrives as it was signed, and as it was encrypted",
  differs("25 MB by the interop tests", "11 MB compared octet by octet"),
  async ({ aliceMail: mail, extension, site, practice, file }) => {
    test.slow();
    const { bob, ca } = practice;
    const content = randomBytes(SIZE);
    const path = file("survey.bin", content);
    const isWhole = (entity: Buffer): void => {
      openssl(
        ...["cms", "-verify", "-in", file("signed.eml", entity), "-CAfile", ca.certificate],
        ...["-purpose", "smimesign", "-out", "/dev/null"],
      );
      const [part] = parseMessage(new Uint8Array(entity)).children;
      const body = Buffer.from(part?.children[1]?.bytes ?? []).toString("latin1");
      const octets = Buffer.from(body.slice(body.indexOf("\r\n\r\n")), "base64");
      expect([octets.length, digest(octets)]).toEqual([SIZE, digest(content)]);
    };

    await test.step("signed", async () => {
      const form = await mail.newMail();
      await form.write({ to: [bob.email], subject: "Survey", text: "All of it." });
      await form.attach(path);
      const frame = await mail.composeFrame();
      await turnSignOn(frame);
      await sendSigned(frame);
      await form.closed();
      isWhole(await arrived(site.mailbox(bob.email)));
    });
    await test.step("signed and encrypted", async () => {
      await takeContacts(extension, bob.certificate);
      await mail.page.bringToFront();
      const compose = await mail.newMail();
      const form = await SecureForm.turnOn(mail);
      await form.write({ to: [bob.email], subject: "Survey", text: "All of it." });
      await form.frame.getByLabel("Attach files").setInputFiles(path);
      await form.frame.locator("[data-file='survey.bin'][data-status=kept]").waitFor();
      await form.send();
      await compose.closed();
      const received = file("received.eml", await arrived(site.mailbox(bob.email), 2));
      isWhole(openssl("cms", "-decrypt", "-in", received, "-inkey", bob.key, "-recip", bob.certificate));
    });
  },
);
