import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { encrypt, envelope } from "../tools/practice-messages.ts";
import { expect, test } from "../pages/webmail-story.ts";

test("a signed message inside an encrypted one opens in place and lends it nothing", async ({
  aliceMail: mail,
  site,
  practice,
  message,
}) => {
  const { folder, alice, bob } = practice;
  const entity = Buffer.concat([
    Buffer.from(
      'Content-Type: multipart/mixed; boundary="m"\r\n\r\n--m\r\nContent-Type: text/plain\r\n\r\nSee below.\r\n',
    ),
    Buffer.from("--m\r\nContent-Type: message/rfc822\r\nContent-Disposition: attachment; filename=inside.eml\r\n\r\n"),
    readFileSync(message("signed")),
    Buffer.from("\r\n--m--\r\n"),
  ]);
  const path = join(folder, "inside.mime");
  writeFileSync(path, entity);
  const mime = Buffer.concat([Buffer.from(envelope(bob, alice, "Matryoshka")), encrypt(path, alice)]);
  await site.mailbox(alice.email).deliver(mime);
  await mail.open("Matryoshka");
  const frame = await mail.messageFrame();
  await expect(frame.locator("[data-banner]").first()).toHaveAttribute("data-banner", "b9");
  await frame.getByRole("button", { name: /^Open inside/ }).click();
  await expect(frame.locator(".attached [data-banner]")).toHaveAttribute("data-banner", "a7");
  await expect(frame.locator("[data-banner]").first()).toHaveAttribute("data-banner", "b9");
});

test("the text-only switch shows words in place of formats", async ({ aliceMail: mail, deliver }) => {
  await deliver("signed-and-encrypted");
  await mail.open("Signed and encrypted");
  const frame = await mail.messageFrame();
  const body = frame.locator("iframe.body").first().contentFrame();
  await expect(body.locator("h1")).toHaveText("Harvest");
  await frame.getByRole("switch", { name: "Text only" }).click();
  await expect(body.locator("h1")).toHaveCount(0);
  await expect(body.locator("pre")).toContainText("Harvest");
});
