import { expect, SecureForm, test } from "../pages/secret-story.ts";

test("a Bcc recipient gets a message of his own, and nobody sees it", async ({
  secretMail: mail,
  secrets,
  webmail,
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

  const inboxes = [webmail.mailbox(bob.email).inbox(), webmail.mailbox(carol.email).inbox()];
  expect(inboxes.map(({ length }) => length)).toEqual([1, 1]);
  const [forBob, forCarol] = inboxes.map(([message]) => message?.mime ?? Buffer.alloc(0));
  expect(decrypt(forBob ?? Buffer.alloc(0), bob)).not.toBeNull();
  expect(decrypt(forBob ?? Buffer.alloc(0), carol)).toBeNull();
  expect(decrypt(forCarol ?? Buffer.alloc(0), carol)).not.toBeNull();
  expect(decrypt(forCarol ?? Buffer.alloc(0), bob)).toBeNull();
  expect(forBob?.toString("latin1")).not.toContain("carol");
  expect(decrypt(forBob ?? Buffer.alloc(0), bob)).not.toContain("carol");
  for (const { mime } of webmail.mailbox(alice.email).sent()) expect(decrypt(mime, alice)).not.toBeNull();
});
