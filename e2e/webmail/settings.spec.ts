import { openssl } from "../tools/practice-people.ts";
import { arrived, expect, sendSigned, test } from "../pages/webmail-story.ts";

test("AlwaysSign holds the webmail's Send from the beginning, and without ClearSign mail goes out opaque", async ({
  aliceMail: mail,
  extension,
  practice,
  site,
  file,
}) => {
  const own = await extension.context.newPage();
  await own.goto(`${extension.baseUrl}open/index.html`);
  await own.evaluate(async () => {
    const { chrome } = globalThis as unknown as {
      chrome: { runtime: { sendMessage: (message: unknown) => Promise<unknown> } };
    };
    await chrome.runtime.sendMessage({ name: "setSetting", setting: "AlwaysSign", value: true });
    await chrome.runtime.sendMessage({ name: "setSetting", setting: "ClearSign", value: false });
  });
  await own.close();
  await mail.page.bringToFront();
  const form = await mail.newMail();
  await form.write({ to: ["bob@practice.example"], subject: "Hedge", text: "The hedge is cut." });
  const frame = await mail.composeFrame();
  await expect(frame.getByRole("switch", { name: "Sign" })).toHaveAttribute("aria-checked", "true");
  await form.sendButton.click();
  await expect(frame.locator(".called")).toBeVisible();
  await expect(frame.locator("[data-list=header_to]")).toHaveText("bob@practice.example");
  await sendSigned(frame);
  await form.closed();
  const received = await arrived(site.mailbox(practice.bob.email));
  expect(received.toString()).toMatch(/^Content-Type: application\/pkcs7-mime/m);
  const path = file("received.eml", received);
  const text = openssl("cms", "-verify", "-in", path, "-CAfile", practice.ca.certificate, "-purpose", "smimesign");
  expect(text.toString()).toContain("The hedge is cut.");
});
