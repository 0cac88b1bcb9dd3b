import { basename } from "node:path";
import { parseMessage } from "../../src/engine/mime/parse.ts";
import { AWKWARD_FILE, AWKWARD_TEXTS, fileNameOf, octetsOf, partsOf, withCrlf } from "../tools/awkward-content.ts";
import { openssl } from "../tools/practice-people.ts";
import { differs } from "../pages/differs.ts";
import { takeContacts } from "../pages/own-identity.ts";
import { SecureForm } from "../pages/secure-form.ts";
import { arrived, expect, sendSigned, test, turnSignOn } from "../pages/webmail-story.ts";

test(
  "awkward text and files arrive as they were protected",
  differs(
    "writes outer header fields anew, inner octets stay",
    "every octet of the message stays, under `Resent-` fields",
  ),
  async ({ aliceMail: mail, extension, site, roundcube, practice, file }) => {
    test.slow();
    const { bob, alice, ca } = practice;
    const verified = (path: string): Buffer =>
      openssl("cms", "-verify", "-in", path, "-CAfile", ca.certificate, "-purpose", "smimesign");
    for (const [what, text] of AWKWARD_TEXTS) {
      await test.step(`signed: ${what}`, async () => {
        const form = await mail.newMail();
        await form.write({ to: [bob.email], subject: `Ünï: ${what}`, text });
        const frame = await mail.composeFrame();
        await turnSignOn(frame);
        await sendSigned(frame);
        await form.closed();
        const received = await arrived(site.mailbox(bob.email));
        const [copy] = await site.mailbox(alice.email).sent();
        // OpenSSL gives the signed part: its text, decoded, is what was typed.
        const content = verified(file("received.eml", received));
        expect(octetsOf(content).toString("utf8")).toBe(withCrlf(text));
        // And the octets between the boundaries are those of the copy, which our own engine made.
        expect(signedPart(received)).toEqual(signedPart(copy ?? Buffer.alloc(0)));
        expect(received.toString()).toMatch(/^Subject: =\?utf-8\?/im);
        await roundcube?.reset();
      });
    }

    const path = file(AWKWARD_FILE.name, AWKWARD_FILE.octets);
    const isThere = (entity: Buffer): void => {
      const part = partsOf(entity).at(-1) ?? Buffer.alloc(0);
      expect(fileNameOf(part)).toBe(basename(path));
      expect(octetsOf(part).equals(AWKWARD_FILE.octets)).toBe(true);
    };
    await test.step("signed: a file that Roundcube had", async () => {
      const form = await mail.newMail();
      await form.write({ to: [bob.email], subject: "File", text: "x" });
      await form.attach(path);
      const frame = await mail.composeFrame();
      await turnSignOn(frame);
      await sendSigned(frame);
      await form.closed();
      isThere(verified(file("received.eml", await arrived(site.mailbox(bob.email)))));
      await roundcube?.reset();
    });
    await test.step("encrypted: a file that Roundcube had, and each text in a line of it", async () => {
      await takeContacts(extension, bob.certificate);
      await mail.page.bringToFront();
      const text = AWKWARD_TEXTS.map(([, each]) => each.trim()).join("\n");
      const compose = await mail.newMail();
      await compose.write({ to: [bob.email], subject: "File", text });
      await compose.attach(path);
      const form = await SecureForm.turnOn(mail);
      await form.send();
      await compose.closed();
      const received = file("received.eml", await arrived(site.mailbox(bob.email)));
      const inside = openssl("cms", "-decrypt", "-in", received, "-inkey", bob.key, "-recip", bob.certificate);
      const entity = verified(file("inside.eml", inside));
      isThere(entity);
      // In a text with formats, blanks that end a line are no part of it, and one that does not break is a blank.
      const lines = withCrlf(
        text
          .replaceAll("\u00a0", " ")
          .replace(/[ \t]+$/gm, "")
          .trim(),
      );
      expect(octetsOf(partsOf(partsOf(entity)[0] ?? entity)[0] ?? entity).toString("utf8")).toBe(lines);
    });
  },
);

/** The octets that a clear signature covers. */
function signedPart(message: Buffer): Buffer {
  const [part] = parseMessage(new Uint8Array(message)).children;
  return Buffer.from(part?.bytes ?? []);
}
