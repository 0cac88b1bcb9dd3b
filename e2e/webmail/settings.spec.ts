import { openssl } from "../tools/practice-people.ts";
import { expect, sendSigned, test } from "../pages/mail-story.ts";

test("AlwaysSign holds the webmail's Send from the beginning, and without ClearSign mail goes out opaque", async ({
  aliceMail: mail,
  extension,
  practice,
  webmail,
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
  const [received] = webmail.mailbox(practice.bob.email).inbox();
  expect(received?.itemClass).toBe("IPM.Note.SMIME");
  const path = file("received.eml", received?.mime ?? "");
  const text = openssl("cms", "-verify", "-in", path, "-CAfile", practice.ca.certificate, "-purpose", "smimesign");
  expect(text.toString()).toContain("The hedge is cut.");
});
