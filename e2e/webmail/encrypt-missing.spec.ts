import { forgetContact } from "../pages/own-identity.ts";
import { arrived, expect, SecureForm, test } from "../pages/secret-story.ts";

test("a recipient without a certificate holds everything; imported on the spot, it goes out", async ({
  secretMail: mail,
  secrets,
  site,
  extension,
  practice,
  decrypt,
}) => {
  const { alice, bob, carol, dan } = practice;
  await forgetContact(extension, carol.email);
  await mail.page.bringToFront();
  const compose = await mail.newMail();
  const form = await SecureForm.turnOn(mail);
  await form.write({ to: [bob.email, carol.email, dan.email], subject: secrets.subject, text: secrets.text });
  for (const { email } of [carol, dan]) await expect(form.chip(email)).toHaveAttribute("data-status", "none");
  await form.send();
  await expect(form.notice("h2")).toBeVisible();
  await expect(form.editor).toContainText(secrets.text);
  expect(await site.mailbox(alice.email).sent()).toEqual([]);
  expect(await site.mailbox(bob.email).inbox()).toEqual([]);

  // Another person's certificate is not taken, one that nobody vouches for is not encrypted to.
  await form.importFor(carol.email, bob.certificate);
  await expect(form.chip(carol.email)).toHaveAttribute("data-status", "none");
  await form.importFor(carol.email, carol.certificate);
  await expect(form.chip(carol.email)).toHaveAttribute("data-status", "ready");
  await form.importFor(dan.email, dan.certificate);
  await expect(form.chip(dan.email)).toHaveAttribute("data-status", "untrusted");
  await form.send();
  await expect(form.editor).toContainText(secrets.text);
  expect(await site.mailbox(carol.email).inbox()).toEqual([]);

  await form.removeRecipient(dan.email);
  await form.send();
  await compose.closed();
  expect(decrypt(await arrived(site.mailbox(bob.email)), bob)).not.toBeNull();
  expect(decrypt(await arrived(site.mailbox(carol.email)), carol)).not.toBeNull();
});
