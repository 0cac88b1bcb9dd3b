import { envelope } from "../tools/practice-messages.ts";
import { expect, test } from "../pages/story.ts";

test("a link of a message tells nobody where it was, and has no way back (attack 28)", async ({
  alice,
  practice,
  file,
}) => {
  const link =
    '<p><a href="https://shop.example/offer" target="_top" rel="opener" ping="https://evil.example/p">offer</a></p>';
  const message = `${envelope(practice.bob, practice.alice, "Offer")}Content-Type: text/html; charset=utf-8\r\n\r\n${link}`;
  const { context } = { context: alice.page.context() };
  let referrer: string | undefined = "none yet";
  await context.route("https://shop.example/**", async (route) => {
    referrer = route.request().headers()["referer"];
    await route.fulfill({ contentType: "text/html", body: "<title>shop</title>" });
  });
  const card = await alice.openMessage(file("offer.eml", message));
  const opening = context.waitForEvent("page");
  await card.text.getByRole("link", { name: "offer" }).click();
  const shop = await opening;
  await expect(shop).toHaveTitle("shop");
  expect(referrer).toBeUndefined();
  expect(await shop.evaluate(() => [window.opener === null, document.referrer])).toEqual([true, ""]);
  await expect(card.text.getByRole("link", { name: "offer" })).not.toHaveAttribute("ping");
});
