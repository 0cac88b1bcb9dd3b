import { arrived, expect, SecureForm, test } from "../pages/secret-story.ts";

test("the session ends before the message is handed over: nothing is sent, and the text stays", async ({
  secretMail: mail,
  secrets,
  site,
  practice,
}) => {
  await mail.newMail();
  const form = await SecureForm.turnOn(mail);
  await form.write({ to: [practice.bob.email], subject: secrets.subject, text: secrets.text });
  site.endSessionBeforeSend();
  await form.send();
  await expect(form.notice("h52")).toBeVisible();
  await expect(form.editor).toContainText(secrets.text);
  expect(await site.mailbox(practice.bob.email).inbox()).toEqual([]);
});

test("an answer that is lost after it was sent sends nothing twice", async ({
  secretMail: mail,
  secrets,
  site,
  practice,
}) => {
  const compose = await mail.newMail();
  const form = await SecureForm.turnOn(mail);
  await form.write({ to: [practice.bob.email], subject: secrets.subject, text: secrets.text });
  site.loseAnswerOfSend();
  await form.send();
  await compose.closed();
  await arrived(site.mailbox(practice.bob.email));
  expect(await site.mailbox(practice.bob.email).inbox()).toHaveLength(1);
});

test("the page throws our frame out, or moves it: its form stays dead, and the text is offered again", async ({
  secretMail: mail,
  secrets,
  practice,
}) => {
  const compose = await mail.newMail();
  const form = await SecureForm.turnOn(mail);
  await form.write({ to: [practice.bob.email], subject: secrets.subject, text: secrets.text });
  await form.kept();
  const frame = await form.frame.frameElement();
  await frame.evaluate((inner) => {
    (inner.getRootNode() as ShadowRoot).host.remove();
  });
  await mail.page.keyboard.type(secrets.text);
  const again = await SecureForm.of(mail);
  expect(await compose.text()).toBe("");
  await again.frame.locator("[data-offer]").getByRole("button", { name: "Open" }).click();
  await expect(again.editor).toContainText(secrets.text);
  await again.write({ text: "Later. " });
  await again.kept();

  // Moved, it is another document; which one it was is gone.
  await (
    await again.frame.frameElement()
  ).evaluate((inner) => {
    document.body.append((inner.getRootNode() as ShadowRoot).host);
  });
  await expect.poll(() => again.frame.isDetached()).toBe(true);
  await mail.page.keyboard.type(secrets.text);
  const moved = await SecureForm.of(mail);
  expect(await compose.text()).toBe("");
  // The newest stands first.
  await moved.frame.locator("[data-offer]").first().getByRole("button", { name: "Open" }).click();
  await expect(moved.editor).toContainText(`Later. ${secrets.text}`);
});
