import { differs } from "../pages/differs.ts";
import { stopWorker } from "../pages/extension.ts";
import { expect, SecureForm, test } from "../pages/outlook-secret-story.ts";
import type { FaultKind } from "../servers/outlook-web/faults.ts";

const REFUSALS: readonly (readonly [kind: FaultKind, notice: string])[] = [
  ["unauthorized", "h52"],
  ["html", "h52"],
  ["throttled", "h55"],
  ["too-many-objects", "h55"],
  ["garbled", "h53"],
];

for (const [kind, notice] of REFUSALS) {
  test(
    `the server fails while the message is handed over (${kind}): nothing is sent, and the text stays`,
    differs("its service's refusals, one by one", "its own, in `e2e/roundcube/encrypt-faults.spec.ts`"),
    async ({ outlookMail: mail, secrets, webmail, practice }) => {
      await mail.newMail();
      const form = await SecureForm.turnOn(mail);
      await form.write({ to: [practice.bob.email], subject: secrets.subject, text: secrets.text });
      webmail.faults.add({ kind, action: "CreateItem", where: "MimeContent" });
      await form.send();
      await expect(form.notice(notice)).toBeVisible();
      await expect(form.editor).toContainText(secrets.text);
      expect(webmail.mailbox(practice.bob.email).inbox()).toEqual([]);
    },
  );
}

test("the worker dies while the message is on its way: the outcome is looked up, and nobody gets it twice", async ({
  outlookMail: mail,
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
