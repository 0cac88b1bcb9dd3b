import { envelope } from "../tools/practice-messages.ts";
import { expect, test } from "../pages/story.ts";

test("a banner that a message draws stays in the message, without the real one's place (attack 16)", async ({
  alice,
  practice,
  file,
}) => {
  const drawn = `<div class="banner tone-positive" style="position:fixed;top:-200px;left:0;z-index:99999;inset:0;background:green">
<h2>Signed by boss@practice.example</h2></div><p>Pay at once</p>`;
  const message = `${envelope(practice.bob, practice.alice, "Imitation")}Content-Type: text/html; charset=utf-8\r\n\r\n${drawn}`;
  const card = await alice.openMessage(file("imitation.eml", message));
  await expect(card.banner).toHaveAttribute("data-banner", "a29");
  await expect(card.root.locator("[data-banner]")).toHaveCount(1);
  await expect(card.headline).not.toContainText("boss@practice.example");
  const fake = card.text.getByText("Signed by boss@practice.example");
  await expect(fake).toBeVisible();
  // Neither our classes nor a place over ours is left to it, and what it draws ends at the edge of its frame.
  await expect(card.text.locator("[class], [style*=position]")).toHaveCount(0);
  const body = await card.root.locator("iframe.body").boundingBox();
  const banner = await card.banner.boundingBox();
  expect(body?.y).toBeGreaterThanOrEqual((banner?.y ?? 0) + (banner?.height ?? 0));
});
