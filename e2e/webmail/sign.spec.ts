import { openssl } from "../tools/practice-people.ts";
import { arrived, expect, sendSigned, test } from "../pages/webmail-story.ts";

test("alice signs a new message; the copy in Sent and what bob gets verify with OpenSSL", async ({
  aliceMail: mail,
  practice,
  site,
  file,
}) => {
  const form = await mail.newMail();
  await form.write({ to: ["bob@practice.example"], subject: "Fence", text: "The fence is mended." });
  const frame = await mail.composeFrame();
  await frame.getByRole("switch", { name: "Sign" }).click();
  await expect(frame.locator("[data-list=header_to]")).toHaveText("bob@practice.example");
  await expect(frame.locator("[data-list=header_subject]")).toHaveText("Fence");
  await expect(frame.locator("iframe.body").contentFrame().getByText("The fence is mended.")).toBeVisible();
  await sendSigned(frame);
  await form.closed();

  const { bob, alice: own, ca } = practice;
  const received = await arrived(site.mailbox(bob.email));
  const [copy] = await site.mailbox(own.email).sent();
  for (const message of [received, copy ?? Buffer.alloc(0)]) {
    expect(message.toString()).toContain("\r\nSubject: Fence\r\n");
    const path = file("received.eml", message);
    const text = openssl("cms", "-verify", "-in", path, "-CAfile", ca.certificate, "-purpose", "smimesign");
    expect(text.toString()).toContain("The fence is mended.");
  }
  expect(await site.mailbox(own.email).drafts()).toEqual([]);
});
