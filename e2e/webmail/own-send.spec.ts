import { arrived, expect, test, turnSignOn } from "../pages/webmail-story.ts";

test("while Sign is on the webmail's own Send leads to ours and sends nothing", async ({
  aliceMail: mail,
  site,
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
  expect(await site.mailbox(practice.bob.email).inbox()).toEqual([]);

  await frame.getByRole("switch", { name: "Sign" }).click();
  await form.sendButton.click();
  await form.closed();
  const received = await arrived(site.mailbox(practice.bob.email));
  expect(received.toString()).not.toContain("multipart/signed");
});
