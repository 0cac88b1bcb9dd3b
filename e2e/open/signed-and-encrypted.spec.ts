import { expect, test } from "../pages/story.ts";

test("a signed and encrypted message names its signer", async ({ alice, message }) => {
  const card = await alice.openMessage(message("signed-and-encrypted"));
  await expect(card.banner).toHaveAttribute("data-banner", "b3");
  await expect(card.headline).toContainText("signed by bob@practice.example");
  await expect(card.text.getByRole("heading", { name: "Harvest" })).toBeVisible();
});

test("details answer the seven questions, and Escape leads back", async ({ alice, message }) => {
  const card = await alice.openMessage(message("signed-and-encrypted"));
  const details = card.banner.getByRole("button", { name: "Details" });
  await details.click();
  await expect(card.banner.locator(".questions dt")).toHaveCount(7);
  await expect(card.banner).toContainText("Yes, letter for letter");
  await expect(card.banner).toContainText("Signet Practice CA");
  await alice.page.keyboard.press("Escape");
  await expect(details).toBeFocused();
  await expect(card.banner.locator(".questions")).toHaveCount(0);
});
