import { arrived, expect, SecureForm, test } from "../pages/secret-story.ts";

test("a Bcc recipient gets a message of his own, and nobody sees it", async ({
  secretMail: mail,
  secrets,
  site,
  practice,
  decrypt,
}) => {
  const { alice, bob, carol } = practice;
  const compose = await mail.newMail();
  const form = await SecureForm.turnOn(mail);
  await form.write({ to: [bob.email], subject: secrets.subject });
  await form.addRecipient("Bcc", carol.email);
  await form.write({ text: secrets.text });
  await form.send();
  await compose.closed();

  const [forBob, forCarol] = [await arrived(site.mailbox(bob.email)), await arrived(site.mailbox(carol.email))];
  expect(decrypt(forBob, bob)).not.toBeNull();
  expect(decrypt(forBob, carol)).toBeNull();
  expect(decrypt(forCarol, carol)).not.toBeNull();
  expect(decrypt(forCarol, bob)).toBeNull();
  expect(forBob.toString("latin1")).not.toContain("carol");
  expect(decrypt(forBob, bob)).not.toContain("carol");
  for (const { email } of [bob, carol]) expect(await site.mailbox(email).inbox()).toHaveLength(1);
  for (const mime of await site.mailbox(alice.email).sent()) expect(decrypt(mime, alice)).not.toBeNull();
});
