import { MARKER } from "../tools/practice-messages.ts";
import { arrived, expect, SecureForm, test } from "../pages/secret-story.ts";

test("an answer to an encrypted message stays encrypted and quotes what was shown", async ({
  secretMail: mail,
  secrets,
  search,
  deliver,
  site,
  practice,
  decrypt,
}) => {
  await deliver("signed-and-encrypted");
  await mail.open("Signed and encrypted");
  const frame = await mail.messageFrame();
  await expect(frame.locator("[data-banner]").first()).toHaveAttribute("data-banner", "b3");
  const compose = await mail.answer("Reply");
  const form = await SecureForm.of(mail);
  await expect(form.chip(practice.bob.email)).toHaveAttribute("data-status", "ready");
  await expect(form.editor).toContainText(MARKER);
  await form.write({ text: secrets.text });
  await form.send();
  await compose.closed();
  const received = await arrived(site.mailbox(practice.bob.email));
  expect(decrypt(received, practice.bob)).not.toBeNull();
  // The quoted text was encrypted before, and must not leave openly either.
  expect(await search.find([MARKER])).toEqual([]);
});
