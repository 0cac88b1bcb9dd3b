import { expect, test } from "../pages/story.ts";

test("an encrypted message is readable, claims no author, and is shown as words only", async ({ alice, message }) => {
  const card = await alice.openMessage(message("encrypted"));
  await expect(card.banner).toHaveAttribute("data-banner", "b9");
  await expect(card.headline).toHaveText("Encrypted, sender not confirmed");
  await expect(card.text.getByText("The harvest report is ready. Three pages.")).toBeVisible();
  await expect(card.text.locator("h1, a, img")).toHaveCount(0);
  await expect(card.root.locator("iframe.body")).toHaveAttribute(
    "title",
    "Decrypted message from bob@practice.example",
  );
});
