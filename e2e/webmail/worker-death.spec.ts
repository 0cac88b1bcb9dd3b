import { stopWorker } from "../pages/extension.ts";
import { arrived, expect, sendSigned, test } from "../pages/webmail-story.ts";

test("a message opens and a draft is signed after the worker has died", async ({
  aliceMail: mail,
  extension,
  deliver,
  site,
  practice,
}) => {
  await deliver("signed-and-encrypted");
  await stopWorker(extension);
  await mail.open("Signed and encrypted");
  const message = await mail.messageFrame();
  await expect(message.locator("[data-banner]")).toHaveAttribute("data-banner", "b3");
  await stopWorker(extension);
  const form = await mail.newMail();
  await form.write({ to: ["bob@practice.example"], subject: "Roof", text: "The roof leaks." });
  const frame = await mail.composeFrame();
  await frame.getByRole("switch", { name: "Sign" }).click();
  await stopWorker(extension);
  await sendSigned(frame);
  await form.closed();
  await arrived(site.mailbox(practice.bob.email));
});
