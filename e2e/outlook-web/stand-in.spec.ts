import { ADDRESSES, expect, test } from "./mailbox.ts";
import { differs } from "../pages/differs.ts";

const message = (id: string, subject: string, body: string, more = ""): string =>
  `From: Bob Baker <${ADDRESSES.bob}>\r\nTo: ${ADDRESSES.alice}\r\nSubject: ${subject}\r\nMessage-ID: <${id}@x>\r\n${more}Content-Type: text/html; charset=utf-8\r\n\r\n${body}`;

test(
  "shows a conversation with every message open, and adds what arrives",
  differs("does what is known of the real one", "is the real one"),
  async ({ server, mail }) => {
    const { deliver } = server.mailbox(ADDRESSES.alice);
    deliver(message("1", "Harvest", "<p>first</p>"));
    await mail.open("Harvest");
    await mail.page.evaluate(() => {
      document.querySelector(".item-part")?.setAttribute("data-same", "yes");
    });
    deliver(message("2", "Re: Harvest", "<p>second</p>", "In-Reply-To: <1@x>\r\n"));
    await expect(mail.body(0)).toHaveText("second");
    await expect(mail.body(1)).toHaveText("first");
    await expect(mail.part(1)).toHaveAttribute("data-same", "yes");
    await expect(mail.page).toHaveURL(/\/mail\/inbox\/id\/AAMk/);
  },
);

test("runs nothing that a message brings", async ({ server, mail }) => {
  const hostile = `<script>document.title="run"</script><img src=x onerror="document.title='run'"><a href="javascript:1">link</a>`;
  server.mailbox(ADDRESSES.alice).deliver(message("3", "<b>Hostile</b>", hostile));
  await mail.open("<b>Hostile</b>");
  await expect(mail.body()).toHaveText("link");
  await expect(mail.body().locator("script, img, [href]")).toHaveCount(0);
  await expect(mail.page).toHaveTitle("Mail - Alice Archer");
});

test("saves a draft by timer, and sends it by Ctrl+Enter", async ({ server, mail }) => {
  const compose = await mail.newMail();
  await compose.write({ to: [ADDRESSES.bob], subject: "New", text: "A text" });
  await expect.poll(() => server.mailbox(ADDRESSES.alice).drafts().length).toBe(1);
  await expect(compose.subject).toHaveAttribute("id", /^MSG_AAMk.*_SUBJECT$/);
  await compose.editor.press("Control+Enter");
  await compose.closed();
  expect(server.mailbox(ADDRESSES.alice).drafts()).toHaveLength(0);
  expect(
    server
      .mailbox(ADDRESSES.alice)
      .sent()
      .map(({ subject }) => subject),
  ).toEqual(["New"]);
  expect(
    server
      .mailbox(ADDRESSES.bob)
      .inbox()
      .map(({ subject }) => subject),
  ).toEqual(["New"]);
});

test("answers within the conversation, and leaves the form without sending", async ({ server, mail }) => {
  server.mailbox(ADDRESSES.alice).deliver(message("4", "Question", "<p>well?</p>"));
  await mail.open("Question");
  const reply = await mail.answer("Reply");
  await reply.write({ text: "yes" });
  await mail.openFolder("Drafts");
  await reply.closed();
  expect(
    server
      .mailbox(ADDRESSES.alice)
      .drafts()
      .map(({ subject, to }) => [subject, to]),
  ).toEqual([["Re: Question", [ADDRESSES.bob]]]);
  await mail.row("Re: Question").click();
  const again = await mail.compose();
  await expect(again.editor).toContainText("yes");
  await again.sendButton.click();
  await again.closed();
  const [sent] = server.mailbox(ADDRESSES.bob).inbox();
  expect(sent?.mime.toString()).toContain("In-Reply-To: <4@x>");
});

test("goes to the sign-in page when the session has ended", async ({ server, mail }) => {
  server.endSessions();
  await mail.openFolder("Drafts");
  await expect(mail.page.getByRole("button", { name: "Sign in" })).toBeVisible();
});

test("opens a shared mailbox under its own address", async ({ server, mail }) => {
  server.mailbox(ADDRESSES.team).deliver(message("5", "For all", "<p>team</p>"));
  await mail.page.getByRole("button", { name: "Inbox" }).nth(1).click();
  await mail.open("For all");
  await expect(mail.page).toHaveURL(/\/mail\/team%40practice\.example\/inbox\/id\//);
  await expect(mail.body()).toHaveText("team");
});
