import { writeFileSync } from "node:fs";
import { openssl } from "../tools/practice-people.ts";
import { expect, sendSigned, test } from "../pages/mail-story.ts";

test("alice signs a new message; the copy in Sent and what bob gets verify with OpenSSL", async ({
  aliceMail: mail,
  practice,
  webmail,
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
  for (const mailbox of [webmail.mailbox(bob.email).inbox(), webmail.mailbox(own.email).sent()]) {
    expect(mailbox.map(({ subject }) => subject)).toEqual(["Fence"]);
    const path = file("received.eml", mailbox[0]?.mime ?? "");
    const text = openssl("cms", "-verify", "-in", path, "-CAfile", ca.certificate, "-purpose", "smimesign");
    expect(text.toString()).toContain("The fence is mended.");
    writeFileSync(path, "");
  }
  expect(webmail.mailbox(own.email).drafts()).toEqual([]);
});
