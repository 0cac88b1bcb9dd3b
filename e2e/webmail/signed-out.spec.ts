import { expect, sendSigned, test, turnSignOn } from "../pages/mail-story.ts";

test("when the webmail's session is over, a message is not sent and says why", async ({
  aliceMail: mail,
  webmail,
  practice,
}) => {
  const form = await mail.newMail();
  await form.write({ to: ["bob@practice.example"], subject: "Mill", text: "The mill stands still." });
  const frame = await mail.composeFrame();
  await turnSignOn(frame);
  // Only ours: the page's own autosave would leave for the sign-in page.
  webmail.faults.add({ kind: "expired", action: "CreateItem", where: "MimeContent" });
  await sendSigned(frame);
  await expect(frame.getByRole("heading", { name: /signed out of the webmail/ })).toBeVisible();
  expect(webmail.mailbox(practice.bob.email).inbox()).toEqual([]);
  await expect(form.editor).toContainText("The mill stands still.");
});
