import { setSetting } from "../pages/own-identity.ts";
import { expect, SecureForm, test } from "../pages/secret-story.ts";

test("with Always encrypt a new form takes no word before it is ours", async ({
  secretMail: mail,
  secrets,
  extension,
  webmail,
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
  await expect(compose.editor).toHaveText("");
  await form.write({ to: [practice.bob.email], subject: secrets.subject, text: secrets.text });
  await form.send();
  await compose.closed();
  const [received] = webmail.mailbox(practice.bob.email).inbox();
  expect(decrypt(received?.mime ?? Buffer.alloc(0), practice.bob)).toContain("multipart/signed");
});
