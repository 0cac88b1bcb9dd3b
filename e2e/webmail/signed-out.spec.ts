import { expect, sendSigned, test, turnSignOn } from "../pages/webmail-story.ts";

test("when the webmail's session is over, a message is not sent and says why", async ({
  aliceMail: mail,
  site,
  practice,
}) => {
  const form = await mail.newMail();
  await form.write({ to: ["bob@practice.example"], subject: "Mill", text: "The mill stands still." });
  const frame = await mail.composeFrame();
  await turnSignOn(frame);
  site.endSessionBeforeSend();
  await sendSigned(frame);
  await expect(frame.getByRole("heading", { name: /signed out of the webmail/ })).toBeVisible();
  expect(await site.mailbox(practice.bob.email).inbox()).toEqual([]);
  expect(await form.text()).toContain("The mill stands still.");
});
