import { differs } from "../pages/differs.ts";
import { expect, sendSigned, test, turnSignOn } from "../pages/mail-story.ts";

test(
  "where nothing is known the person is told, and looking sends what was not sent, once",
  differs(
    "a draft can be sent once, so that looking may send it again",
    "looking sends again only after a minute, when the server must be done with the first attempt",
  ),
  async ({ aliceMail: mail, webmail, practice }) => {
    const form = await mail.newMail();
    await form.write({ to: ["bob@practice.example"], subject: "Barn", text: "The barn is full." });
    const frame = await mail.composeFrame();
    await turnSignOn(frame);
    // More than once: Chromium itself repeats a request whose connection ends before the answer.
    const heal = webmail.faults.add({ kind: "cut", action: "UpdateItem", where: "SendAndSaveCopy" });
    await sendSigned(frame);
    await expect(frame.getByRole("heading", { name: "Not clear whether it was sent" })).toBeVisible();
    expect(webmail.mailbox(practice.bob.email).inbox()).toEqual([]);
    heal();
    await frame.getByRole("button", { name: "Look and finish" }).click();
    await form.closed();
    expect(webmail.mailbox(practice.bob.email).inbox()).toHaveLength(1);
  },
);
