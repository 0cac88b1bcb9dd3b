import { expect, test, VAULT_PASSPHRASE } from "../pages/own-story.ts";

test("keys are locked at once, and wrong passphrases slow down", async ({ aliceOptions }) => {
  const { page } = aliceOptions;
  await page.getByRole("button", { name: "Lock now" }).click();
  await expect(page.getByText("Locked now")).toBeVisible();
  await page.getByRole("button", { name: "Unlock" }).click();
  const dialog = page.getByRole("dialog", { name: "Unlock your keys" });
  const field = dialog.getByLabel("Passphrase", { exact: true });
  for (const wrong of ["first", "second"]) {
    await field.fill(wrong);
    await page.keyboard.press("Enter");
    await expect(dialog.getByRole("alert")).toHaveText("That passphrase does not fit.");
    await expect(field).toBeFocused();
    await expect(field).toHaveValue(wrong);
  }
  await field.fill("third");
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("alert")).toHaveText(/Next try in \d seconds?\./);
  // Shown, waited for, and then the right one opens.
  await expect(dialog.getByRole("alert")).toHaveText("That passphrase does not fit.");
  await field.fill(VAULT_PASSPHRASE);
  await page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText("Unlocked now")).toBeVisible();
});

test("the passphrase is changed with the old one, and only the new one opens", async ({ aliceOptions }) => {
  const { page } = aliceOptions;
  await page.getByRole("button", { name: "Change" }).click();
  const dialog = page.getByRole("dialog", { name: "Change how keys are kept?" });
  await dialog.getByLabel("Passphrase used until now").fill("wrong");
  await dialog.getByLabel("New passphrase", { exact: true }).fill("quite another one");
  await dialog.getByLabel("New passphrase again").fill("quite another one");
  await dialog.getByRole("button", { name: "Change" }).click();
  await expect(dialog.getByRole("alert")).toHaveText("That passphrase does not fit.");
  await dialog.getByLabel("Passphrase used until now").fill(VAULT_PASSPHRASE);
  await dialog.getByRole("button", { name: "Change" }).click();
  await expect(dialog).toHaveCount(0);
  await page.getByRole("button", { name: "Lock now" }).click();
  await page.getByRole("button", { name: "Unlock" }).click();
  const field = page.getByRole("dialog").getByLabel("Passphrase", { exact: true });
  await field.fill(VAULT_PASSPHRASE);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog").getByRole("alert")).toBeVisible();
  await field.fill("quite another one");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Unlocked now")).toBeVisible();
});
