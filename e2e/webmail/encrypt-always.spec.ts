import { setSetting } from "../pages/own-identity.ts";
import { arrived, expect, SecureForm, test } from "../pages/secret-story.ts";

test("with Always encrypt a new form takes no word before it is ours", async ({
  secretMail: mail,
  secrets,
  extension,
  site,
  practice,
  decrypt,
}) => {
  await setSetting(extension, "AlwaysEncrypt", true);
  await mail.page.bringToFront();
  const compose = await mail.newMailAtOnce();
  // Typed at once, as by somebody who does not wait.
  await compose.editor.focus();
  await mail.page.keyboard.type(secrets.text);
  const form = await SecureForm.of(mail);
  expect(await compose.text()).toBe("");
  await form.write({ to: [practice.bob.email], subject: secrets.subject, text: secrets.text });
  await form.send();
  await compose.closed();
  const received = await arrived(site.mailbox(practice.bob.email));
  expect(decrypt(received, practice.bob)).toContain("multipart/signed");
});
