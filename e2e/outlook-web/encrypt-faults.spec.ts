import { stopWorker } from "../pages/extension.ts";
import { expect, SecureForm, test } from "../pages/secret-story.ts";
import type { FaultKind } from "../servers/outlook-web/faults.ts";

const REFUSALS: readonly (readonly [kind: FaultKind, notice: string])[] = [
  ["unauthorized", "h52"],
  ["html", "h52"],
  ["throttled", "h55"],
  ["too-many-objects", "h55"],
  ["garbled", "h53"],
];

for (const [kind, notice] of REFUSALS) {
  test(`the server fails while the message is handed over (${kind}): nothing is sent, and the text stays`, async ({
    secretMail: mail,
    secrets,
    webmail,
    practice,
  }) => {
    await mail.newMail();
    const form = await SecureForm.turnOn(mail);
    await form.write({ to: [practice.bob.email], subject: secrets.subject, text: secrets.text });
    webmail.faults.add({ kind, action: "CreateItem", where: "MimeContent" });
    await form.send();
    await expect(form.notice(notice)).toBeVisible();
    await expect(form.editor).toContainText(secrets.text);
    expect(webmail.mailbox(practice.bob.email).inbox()).toEqual([]);
  });
}

test("an answer that is lost after it was sent sends nothing twice", async ({
  secretMail: mail,
  secrets,
  webmail,
  practice,
}) => {
  const compose = await mail.newMail();
  const form = await SecureForm.turnOn(mail);
  await form.write({ to: [practice.bob.email], subject: secrets.subject, text: secrets.text });
  webmail.faults.add({ kind: "lost", action: "UpdateItem", where: "SendAndSaveCopy", count: 1 });
  await form.send();
  await compose.closed();
  expect(webmail.mailbox(practice.bob.email).inbox()).toHaveLength(1);
});

test("the worker dies while the message is on its way: the outcome is looked up, and nobody gets it twice", async ({
  secretMail: mail,
  secrets,
  extension,
  webmail,
  practice,
}) => {
  const compose = await mail.newMail();
  const form = await SecureForm.turnOn(mail);
  await form.write({ to: [practice.bob.email], subject: secrets.subject, text: secrets.text });
  webmail.faults.add({ kind: "slow", action: "UpdateItem", where: "SendAndSaveCopy", milliseconds: 1500, count: 1 });
  const sending = mail.page.waitForRequest((request) => request.postData()?.includes("SendAndSaveCopy") === true);
  await form.send();
  await sending;
  await stopWorker(extension);
  await expect(form.notice("h56")).toBeVisible();
  await form.notice("h56").getByRole("button", { name: "Look and finish" }).click();
  await compose.closed();
  expect(webmail.mailbox(practice.bob.email).inbox()).toHaveLength(1);
});

test("the page throws our frame out: its form stays dead, and the text is offered again", async ({
  secretMail: mail,
  secrets,
  practice,
}) => {
  const compose = await mail.newMail();
  const form = await SecureForm.turnOn(mail);
  await form.write({ to: [practice.bob.email], subject: secrets.subject, text: secrets.text });
  await form.kept();
  await compose.root.evaluate((root) => {
    root.firstElementChild?.remove();
  });
  await mail.page.keyboard.type(secrets.text);
  const again = await SecureForm.of(mail);
  await expect(compose.editor).toHaveText("");
  await again.frame.locator("[data-offer]").getByRole("button", { name: "Open" }).click();
  await expect(again.editor).toContainText(secrets.text);
});
