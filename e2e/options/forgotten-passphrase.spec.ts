import { expect, PASSPHRASE, test } from "../pages/own-story.ts";
import { FirstRunPage } from "../pages/own-pages.ts";

test("who has forgotten the passphrase erases all keys by typing the word, and adds them again", async ({
  aliceOptions,
  extension,
  practice,
}) => {
  const { page } = aliceOptions;
  await expect(page.getByRole("button", { name: "Passphrase forgotten" })).toHaveCount(0);
  await page.getByRole("button", { name: "Lock now" }).click();
  await page.getByRole("button", { name: "Passphrase forgotten" }).click();
  const dialog = page.getByRole("alertdialog", { name: "Erase all keys?" });
  await expect(dialog.getByRole("button", { name: "Keep the keys" })).toBeFocused();
  await dialog.getByRole("button", { name: "Erase all keys" }).click();
  await expect(dialog.getByRole("alert")).toContainText("nothing was removed");
  await page.keyboard.type("erase");
  await page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText("All keys were erased.")).toBeVisible();
  await expect(page.getByText("alice@practice.example")).toHaveCount(0);
  const again = await FirstRunPage.open(extension.context, extension.baseUrl);
  await again.addIdentity(practice.alice.p12, PASSPHRASE);
});
