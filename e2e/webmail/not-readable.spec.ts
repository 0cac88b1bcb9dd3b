import { expect, test } from "../pages/webmail-story.ts";

test("a message for somebody else says which key is missing", async ({ aliceMail: mail, deliver }) => {
  await deliver("no-key");
  await mail.open("For bob only");
  const frame = await mail.messageFrame();
  await expect(frame.locator("[data-banner]")).toHaveAttribute("data-banner", "c1");
  await expect(frame.locator("iframe.body")).toHaveCount(0);
});

test("a changed message counts as not signed", async ({ aliceMail: mail, deliver }) => {
  await deliver("altered");
  await mail.open("Altered");
  const frame = await mail.messageFrame();
  await expect(frame.locator("[data-banner]")).toHaveAttribute("data-banner", "a22");
});

test("without any key of one's own signatures are checked", async ({ mail, deliver }) => {
  await deliver("signed");
  await mail.open("Signed");
  const frame = await mail.messageFrame();
  await expect(frame.locator("[data-banner]")).toHaveAttribute("data-banner", "a8");
});
