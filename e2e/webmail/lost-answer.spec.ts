import { arrived, expect, sendSigned, test, turnSignOn } from "../pages/webmail-story.ts";

test("an answer that is lost sends nothing twice", async ({ aliceMail: mail, site, practice }) => {
  const form = await mail.newMail();
  await form.write({ to: ["bob@practice.example"], subject: "Well", text: "The well is dry." });
  const frame = await mail.composeFrame();
  await turnSignOn(frame);
  site.loseAnswerOfSend();
  await sendSigned(frame);
  await form.closed();
  await arrived(site.mailbox(practice.bob.email));
  expect(await site.mailbox(practice.bob.email).inbox()).toHaveLength(1);
});
