import { expect, PASSPHRASE, test } from "../pages/story.ts";

test("a message for somebody else's key says so and shows nothing", async ({ alice, message }) => {
  const card = await alice.openMessage(message("no-key"));
  await expect(card.banner).toHaveAttribute("data-banner", "c1");
  await expect(card.root.locator("iframe")).toHaveCount(0);
});

test("a message opens by itself when its key comes", async ({ open, message, practice }) => {
  const card = await open.openMessage(message("no-key"));
  await expect(card.banner).toHaveAttribute("data-banner", "c1");
  await card.banner.getByRole("button", { name: "Import the key" }).click();
  await open.importIdentity(practice.bob.p12, PASSPHRASE);
  await expect(card.banner).toHaveAttribute("data-banner", "b9");
  await expect(card.text.getByText("The harvest report is ready.")).toBeVisible();
});
