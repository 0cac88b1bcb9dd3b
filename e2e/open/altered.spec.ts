import { readFileSync } from "node:fs";
import { envelope } from "../tools/practice-messages.ts";
import { openssl } from "../tools/practice-people.ts";
import { expect, test } from "../pages/story.ts";

test("a message that was changed after signing is not confirmed", async ({ alice, message }) => {
  const card = await alice.openMessage(message("altered"));
  await expect(card.banner).toHaveAttribute("data-banner", "a22");
  await expect(card.headline).toHaveText("Not confirmed: changed after signing");
  await expect(card.banner).not.toHaveClass(/tone-positive/);
});

test("an authenticated encryption that was changed shows nothing, whatever was changed", async ({
  alice,
  practice,
  file,
}) => {
  const text = file("text.mime", "Content-Type: text/plain\r\n\r\nsecret words\r\n");
  const cms = file("gcm.p7m", "");
  openssl("cms", "-encrypt", "-aes-256-gcm", "-in", text, "-outform", "DER", "-out", cms, practice.alice.certificate);
  const whole = readFileSync(cms);
  const altered = Buffer.from(whole);
  // The last octet belongs to the tag.
  altered[altered.length - 1]! ^= 1;
  const message = (name: string, octets: Buffer): string => {
    const header = `${envelope(practice.bob, practice.alice, name)}Content-Type: application/pkcs7-mime\r\n`;
    return file(`${name}.eml`, `${header}Content-Transfer-Encoding: base64\r\n\r\n${octets.toString("base64")}\r\n`);
  };
  const good = await alice.openMessage(message("gcm", whole));
  await expect(good.banner).toHaveAttribute("data-banner", "b8");
  const bad = await alice.openMessage(message("gcm-altered", altered));
  await expect(bad.banner).toHaveAttribute("data-banner", "c13");
  await expect(bad.root.locator("iframe")).toHaveCount(0);
  await expect(bad.root).not.toContainText("secret words");
});
