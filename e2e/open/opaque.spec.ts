import { expect, test } from "../pages/story.ts";

test("a message signed in one piece with its text is opened and verified", async ({ alice, message }) => {
  const card = await alice.openMessage(message("opaque"));
  await expect(card.banner).toHaveAttribute("data-banner", "a7");
  await expect(card.text.getByText("It has three pages.")).toBeVisible();
});
