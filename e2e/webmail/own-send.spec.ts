import { expect, test, turnSignOn } from "../pages/mail-story.ts";

test("while Sign is on the webmail's own Send leads to ours and sends nothing", async ({
  aliceMail: mail,
  webmail,
  practice,
}) => {
  const form = await mail.newMail();
  await form.write({ to: ["bob@practice.example"], subject: "Gate", text: "The gate is open." });
  const frame = await mail.composeFrame();
  await turnSignOn(frame);
  await form.sendButton.click();
  await expect(frame.locator(".called")).toBeFocused();
  await form.editor.focus();
  await mail.page.keyboard.press("Control+Enter");
  await expect(form.root).toBeVisible();
  expect(webmail.mailbox(practice.bob.email).inbox()).toEqual([]);

  await frame.getByRole("switch", { name: "Sign" }).click();
  await form.sendButton.click();
  await form.closed();
  expect(
    webmail
      .mailbox(practice.bob.email)
      .inbox()
      .map(({ itemClass }) => itemClass),
  ).toEqual(["IPM.Note"]);
});
