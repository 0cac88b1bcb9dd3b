import { stopWorker } from "../pages/extension.ts";
import { arrived, expect, SecureForm, test } from "../pages/secret-story.ts";

test("a draft survives the worker's death and the page's end, and is offered again", async ({
  secretMail: mail,
  secrets,
  extension,
  practice,
  site,
  decrypt,
}) => {
  await mail.newMail();
  const form = await SecureForm.turnOn(mail);
  await form.write({ to: [practice.bob.email], subject: secrets.subject, text: secrets.text });
  await form.attach({ name: secrets.fileName, mimeType: "text/plain", buffer: Buffer.from(secrets.fileText) });
  await form.kept();
  await stopWorker(extension);
  await form.write({ text: "Later. " });
  await form.kept();
  await mail.page.reload();

  const compose = await mail.newMail();
  const again = await SecureForm.turnOn(mail);
  await again.frame.locator("[data-offer]").getByRole("button", { name: "Open" }).click();
  await expect(again.subject).toHaveValue(secrets.subject);
  await expect(again.editor).toContainText(secrets.text);
  await expect(again.editor).toContainText("Later.");
  await expect(again.chip(practice.bob.email)).toHaveAttribute("data-status", "ready");
  await again.send();
  await compose.closed();
  const received = await arrived(site.mailbox(practice.bob.email));
  expect(decrypt(received, practice.bob)).not.toBeNull();
});

test("a draft is saved to the webmail as ciphertext, and opens again in a form", async ({
  secretMail: mail,
  secrets,
  practice,
  site,
  decrypt,
}) => {
  const { alice, bob } = practice;
  await mail.newMail();
  const form = await SecureForm.turnOn(mail);
  await form.write({ to: [bob.email], subject: secrets.subject, text: secrets.text });
  await form.frame.getByRole("button", { name: "Save draft" }).click();
  await expect(form.frame.locator("[data-draft=saved]")).toBeVisible();
  const drafts = await site.mailbox(alice.email).drafts();
  expect(drafts).toHaveLength(1);
  expect(decrypt(drafts[0] ?? Buffer.alloc(0), alice)).toContain(secrets.text);
  expect(drafts[0]?.toString("latin1")).not.toContain(bob.email);
});
