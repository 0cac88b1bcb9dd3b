import { differs } from "../pages/differs.ts";
import { frameIn } from "../pages/mail-page.ts";
import { RoundcubePage } from "../pages/roundcube.ts";
import { arrived, expect, sendSigned, test, turnSignOn } from "../pages/webmail-story.ts";

test(
  "a message on a page of its own has its verdict too",
  differs(
    "names the sent copy by its conversation",
    "preview, page and window of its own; the answered message is marked",
  ),
  async ({ aliceMail: mail, deliver }) => {
    await deliver("altered");
    await mail.open("Altered");
    const preview = new URL(mail.page.frame({ name: "messagecontframe" })?.url() ?? "");
    preview.searchParams.set("_action", "show");
    preview.searchParams.delete("_framed");
    await mail.page.goto(preview.href);
    await mail.page.locator("#messagebody").waitFor({ state: "attached" });
    const frame = await frameIn(mail.page.locator("body"), "message/index.html");
    await expect(frame.locator("[data-banner]")).toHaveAttribute("data-banner", "a22");
  },
);

test("a form in a window of its own is signed, and closes its window", async ({ aliceMail: mail, site, practice }) => {
  const opening = mail.page.context().waitForEvent("page");
  await mail.page.evaluate(() => {
    window.open("?_task=mail&_action=compose&_extwin=1", "compose", "width=1100,height=900");
  });
  const popup = new RoundcubePage(await opening);
  const form = await popup.compose();
  await form.write({ to: [practice.bob.email], subject: "Weir", text: "The weir holds." });
  const frame = await popup.composeFrame();
  await turnSignOn(frame);
  const closing = popup.page.waitForEvent("close");
  await sendSigned(frame);
  await closing;
  expect((await arrived(site.mailbox(practice.bob.email))).toString()).toContain("multipart/signed");
});

test("after an answer was sent, its draft is gone and the message counts as answered", async ({
  aliceMail: mail,
  deliver,
  roundcube,
  practice,
}) => {
  await deliver("signed");
  await mail.open("Signed");
  const form = await mail.answer("Reply");
  await form.write({ text: "Yes." });
  const frame = await mail.composeFrame();
  await turnSignOn(frame);
  await sendSigned(frame);
  await form.closed();
  const own = roundcube?.mailbox(practice.alice.email);
  expect(await own?.drafts()).toEqual([]);
  expect((await own?.inbox())?.[0]?.flags).toContain("\\Answered");
  const [copy] = (await own?.sent()) ?? [];
  expect(copy?.flags).toContain("\\Seen");
});
