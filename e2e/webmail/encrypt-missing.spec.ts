import { arrived, expect, SecureForm, test } from "../pages/secret-story.ts";

test("a recipient without a certificate holds everything; imported on the spot, it goes out", async ({
  secretMail: mail,
  secrets,
  site,
  practice,
  decrypt,
}) => {
  const compose = await mail.newMail();
  const form = await SecureForm.turnOn(mail);
  const { alice, bob, dan } = practice;
  await form.write({ to: [bob.email, dan.email], subject: secrets.subject, text: secrets.text });
  await expect(form.chip(dan.email)).toHaveAttribute("data-status", "none");
  await form.send();
  await expect(form.notice("h1")).toBeVisible();
  await expect(form.editor).toContainText(secrets.text);
  expect(await site.mailbox(alice.email).sent()).toEqual([]);
  expect(await site.mailbox(bob.email).inbox()).toEqual([]);

  await form.notice("h1").getByRole("button", { name: "Remove recipient" }).click();
  await form.send();
  await compose.closed();
  const received = await arrived(site.mailbox(bob.email));
  expect(decrypt(received, bob)).not.toBeNull();
});
