import { expect, test } from "../pages/webmail-story.ts";
import { toolbarOf } from "../pages/toolbar.ts";

test("the toolbar button says what the banner says, and nothing of the next message", async ({
  aliceMail: mail,
  extension,
  deliver,
}) => {
  const shown = (): ReturnType<typeof toolbarOf> => toolbarOf(extension);
  await deliver("unknown-issuer");
  await mail.open("From elsewhere");
  const frame = await mail.messageFrame();
  await expect(frame.locator("[data-banner]")).toHaveAttribute("data-banner", "a8");
  const headline = (await frame.locator("h2").textContent()) ?? "";
  await expect.poll(shown).toEqual({ title: headline, badge: "!" });
  await mail.newMail();
  await expect.poll(async () => (await shown()).badge).toBe("");
});
