import { arrived, expect, PASSPHRASE, sendSigned, test, turnSignOn } from "../pages/webmail-story.ts";
import { takeIdentity } from "../pages/own-identity.ts";

const SECRET = "correct horse";

test("a locked key is unlocked in a window of its own, and the message opens by itself", async ({
  extension,
  mail,
  deliver,
  practice,
}) => {
  await takeIdentity(extension, { p12: practice.alice.p12, passphrase: PASSPHRASE, locked: SECRET });
  await deliver("encrypted");
  await mail.open("Encrypted");
  const frame = await mail.messageFrame();
  await expect(frame.locator("[data-banner]")).toHaveAttribute("data-banner", "c4");
  const opening = extension.context.waitForEvent("page");
  await frame.getByRole("button", { name: "Unlock" }).click();
  const window = await opening;
  await window.getByLabel("Passphrase", { exact: true }).fill(SECRET);
  await window.getByRole("button", { name: "Unlock", exact: true }).click();
  await expect(frame.locator("[data-banner]")).toHaveAttribute("data-banner", "b9");
});

test("a draft waits for the key to be unlocked, and goes out then", async ({ extension, mail, practice, site }) => {
  await takeIdentity(extension, { p12: practice.alice.p12, passphrase: PASSPHRASE, locked: SECRET });
  await mail.page.bringToFront();
  const form = await mail.newMail();
  await form.write({ to: ["bob@practice.example"], subject: "Pond", text: "The pond is frozen." });
  const frame = await mail.composeFrame();
  await turnSignOn(frame);
  await sendSigned(frame);
  await expect(frame.locator("[data-banner=send_h28]")).toBeVisible();
  expect(await site.mailbox(practice.bob.email).inbox()).toEqual([]);
  const opening = extension.context.waitForEvent("page");
  await frame.getByRole("button", { name: "Unlock" }).click();
  const window = await opening;
  await window.getByLabel("Passphrase", { exact: true }).fill(SECRET);
  await window.getByRole("button", { name: "Unlock", exact: true }).click();
  await form.closed();
  await arrived(site.mailbox(practice.bob.email));
});
