import { openssl } from "../tools/practice-people.ts";
import { arrived, expect, sendSigned, test, turnSignOn } from "../pages/webmail-story.ts";

test("files are shown before they are signed, and go along; an answer keeps its thread", async ({
  aliceMail: mail,
  deliver,
  practice,
  site,
  file,
}) => {
  await deliver("signed");
  await mail.open("Signed");
  const form = await mail.answer("Reply");
  await form.write({ text: "Here it is." });
  await form.attach(file("yield.csv", "field,tons\nsouth,9\n"));
  const frame = await mail.composeFrame();
  await turnSignOn(frame);
  await expect(frame.locator("[data-list=attachments_title]")).toHaveText("yield.csv");
  await sendSigned(frame);
  await form.closed();
  const received = await arrived(site.mailbox(practice.bob.email));
  const path = file("received.eml", received);
  const text = openssl("cms", "-verify", "-in", path, "-CAfile", practice.ca.certificate, "-purpose", "smimesign");
  expect(text.toString()).toContain("yield.csv");
  expect(text.toString()).toContain(Buffer.from("field,tons\nsouth,9\n").toString("base64"));
  expect(received.toString()).toContain("In-Reply-To: <Signed@practice.example>");
});
