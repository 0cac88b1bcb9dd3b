import { expect, test } from "../pages/story.ts";

test("a message that was changed after signing is not confirmed", async ({ alice, message }) => {
  const card = await alice.openMessage(message("altered"));
  await expect(card.banner).toHaveAttribute("data-banner", "a22");
  await expect(card.headline).toHaveText("Not confirmed: changed after signing");
  await expect(card.banner).not.toHaveClass(/tone-positive/);
});
