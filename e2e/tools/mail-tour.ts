import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { sendSigned, turnSignOn } from "../pages/compose-frame.ts";
import { wordsIn } from "../pages/decoded.ts";
import type { Extension } from "../pages/extension.ts";
import type { ComposePage, MailPage } from "../pages/mail-page.ts";
import { arrived, type MailSite } from "../pages/mail-site.ts";
import { FirstRunPage, OptionsPage } from "../pages/own-pages.ts";
import { takeContacts } from "../pages/own-identity.ts";
import { SecureForm } from "../pages/secure-form.ts";
import { grantSite } from "../pages/site-permission.ts";
import { openssl, PASSPHRASE, type Practice } from "./practice-people.ts";
import { MARKER, type PracticeMessage } from "./practice-messages.ts";
import type { Tour } from "./tour.ts";

export interface Stage {
  readonly extension: Extension;
  readonly practice: Practice;
  readonly server: MailSite;
}

/** alice's identity in the vault, unlocked; the practice issuer trusted; her mail page open and granted. */
export async function setStage({ extension, practice, server }: Stage, tour: Tour): Promise<MailPage> {
  const { context, baseUrl } = extension;
  await tour.step("First run", async () => {
    const firstRun = await FirstRunPage.open(context, baseUrl);
    await firstRun.addIdentity(practice.alice.p12, PASSPHRASE);
    return { page: firstRun.page, seen: "identity added" };
  });
  await tour.step("Trust", async () => {
    const options = await OptionsPage.open(context, baseUrl);
    await options.trust(practice.ca.certificate);
    return { page: options.page, seen: "issuer trusted" };
  });
  const mail = await server.signIn(context, "alice");
  await grantSite(extension, mail.page);
  return mail.withSignet();
}

/** Ids of banners over decrypted text begin with it. */
const DECRYPTED = "b";

/** Every practice message in the mail page. */
export async function readMail(mail: MailPage, messages: readonly PracticeMessage[], tour: Tour): Promise<void> {
  for (const { name, subject, banner } of messages) {
    await tour.step(`Read ${name}`, async () => {
      await mail.open(subject);
      const frame = await mail.messageFrame();
      const shown = frame.locator("[data-banner]").first();
      await shown.waitFor();
      // What was decrypted stands in a document of its own, which comes after the verdict.
      if (banner.startsWith(DECRYPTED))
        await frame.locator("iframe.body").first().contentFrame().getByText(MARKER).first().waitFor();
      const seen = (await shown.getAttribute("data-banner")) ?? "";
      return { page: mail.page, seen, expected: banner, words: await shown.locator("h2").innerText() };
    });
  }
}

const messageId = (message: Buffer): string | undefined => /^Message-ID:\s*(\S+)/im.exec(message.toString())?.[1];

const REPLY = "Thank you, the tour is ours.";

/** alice answers bob's signed message; OpenSSL judges what bob got. */
export async function signReply(mail: MailPage, { practice, server }: Stage, tour: Tour): Promise<void> {
  let form: ComposePage | null = null;
  await tour.step("Write a signed reply", async () => {
    await mail.open("Signed");
    form = await mail.answer("Reply");
    await form.write({ text: REPLY });
    const frame = await mail.composeFrame();
    await turnSignOn(frame);
    await frame.locator("iframe.body").contentFrame().getByText(REPLY).waitFor();
    return { page: mail.page, seen: "form with Sign on" };
  });
  await tour.step("Send it", async () => {
    await sendSigned(await mail.composeFrame());
    await form?.closed();
    const got = await arrived(server.mailbox(practice.bob.email));
    const file = join(practice.folder, "reply.eml");
    writeFileSync(file, got);
    const verified = openssl("cms", "-verify", "-in", file, "-CAfile", practice.ca.certificate).toString("utf8");
    const [sent] = await server.mailbox(practice.alice.email).sent();
    const isInSent = sent !== undefined && messageId(sent) === messageId(got);
    const seen = verified.includes(REPLY) && isInSent ? "OpenSSL verifies it" : "OpenSSL does not see the text";
    return { page: mail.page, seen, expected: "OpenSSL verifies it", words: "and a copy is in Sent" };
  });
}

const SECRET = "The key is under the third stone.";

/** alice writes to bob with Encrypt on; OpenSSL opens what bob got, and looks for the text in all that the server has. */
export async function sendEncrypted(mail: MailPage, stage: Stage, tour: Tour): Promise<void> {
  const { extension, practice, server } = stage;
  const { bob } = practice;
  let compose: ComposePage | null = null;
  await tour.step("Write encrypted", async () => {
    await takeContacts(extension, bob.certificate);
    await mail.page.bringToFront();
    compose = await mail.newMail();
    const form = await SecureForm.turnOn(mail);
    await form.write({ to: [bob.email], subject: "The garden", text: SECRET });
    await form.kept();
    return { page: mail.page, seen: "form with Encrypt on" };
  });
  await tour.step("Send it encrypted", async () => {
    await (await SecureForm.of(mail)).send();
    await compose?.closed();
    const got = await arrived(server.mailbox(bob.email), 2);
    const file = join(practice.folder, "secret.eml");
    writeFileSync(file, got);
    const opened = openssl("cms", "-decrypt", "-in", file, "-inkey", bob.key, "-recip", bob.certificate).toString(
      "utf8",
    );
    const isOpen = server.places().some(({ bytes }) => wordsIn(bytes, [SECRET]).length > 0);
    const seen = opened.includes(SECRET) && !isOpen ? "only bob reads it" : "bob cannot read it, or others can";
    return { page: mail.page, seen, expected: "only bob reads it", words: "with OpenSSL and his key" };
  });
}
