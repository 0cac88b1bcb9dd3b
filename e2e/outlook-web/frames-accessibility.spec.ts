import { violationsIn } from "../pages/accessibility.ts";
import { differs } from "../pages/differs.ts";
import { expect, test, turnSignOn } from "../pages/mail-story.ts";

test(
  "axe finds nothing serious in our frames",
  differs("axe over our frames", "the same frames; not run twice"),
  async ({ aliceMail: mail, deliver }) => {
    deliver("signed-and-encrypted");
    await mail.open("Signed and encrypted");
    const message = await mail.messageFrame();
    await message.getByRole("button", { name: "Details" }).click();
    await expect(message.locator(".questions")).toBeVisible();
    expect(await violationsIn(message)).toEqual([]);
    const form = await mail.newMail();
    await form.write({ to: ["bob@practice.example"], subject: "Look", text: "Look." });
    const compose = await mail.composeFrame();
    await turnSignOn(compose);
    expect(await violationsIn(compose)).toEqual([]);
  },
);
