import { expect, test } from "../pages/webmail-story.ts";

test("a signed message has its verdict above it", async ({ aliceMail: mail, deliver }) => {
  await deliver("signed");
  await mail.open("Signed");
  const frame = await mail.messageFrame();
  await expect(frame.locator("[data-banner]")).toHaveAttribute("data-banner", "a7");
  await expect(frame.locator("h2")).toHaveText("Signed by bob@practice.example, withdrawal not checked");
});
