import { expect, test } from "../pages/own-story.ts";

test("a setting acts at once, survives a reload, and is taken back with Undo", async ({ options }) => {
  const { page } = options;
  await options.go("settings");
  const setting = page.getByRole("switch", { name: "Always sign" });
  await expect(setting).not.toBeChecked();
  await setting.click();
  await expect(setting).toBeChecked();
  await page.reload();
  await expect(setting).toBeChecked();
  await setting.click();
  await expect(setting).not.toBeChecked();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(setting).toBeChecked();
});

test("a value is chosen from a list", async ({ options }) => {
  const { page } = options;
  // Once the settings are there, as a banner's link finds them in a page that is open already.
  await options.go("settings");
  await expect(page.getByRole("heading", { name: "Keys" })).toBeVisible();
  await options.go("settings/keys");
  await expect(page.getByRole("heading", { name: "Keys" })).toBeFocused();
  await page.getByRole("combobox", { name: "Stay unlocked" }).selectOption("1 hour");
  await page.reload();
  await expect(page.getByRole("combobox", { name: "Stay unlocked" })).toHaveValue("60");
});

test("the search finds a setting by the name that administrators know", async ({ options }) => {
  const { page } = options;
  await options.go("settings");
  await page.getByRole("searchbox").fill("clearsign");
  await expect(page.locator("[data-setting]")).toHaveCount(1);
  await page.getByRole("searchbox").fill("toaster");
  await expect(page.getByRole("heading", { name: "No setting by that name" })).toBeVisible();
});

test("the mark is drawn anew, shown at once and kept", async ({ options }) => {
  const { page } = options;
  await options.go("settings");
  const shown = page.locator(".mark-words");
  const before = await shown.innerText();
  await page.getByRole("button", { name: "Another" }).click();
  await expect(shown).not.toHaveText(before);
  const after = await shown.innerText();
  await page.reload();
  await expect(shown).toHaveText(after);
  await expect(page.locator(".brand").getByRole("img", { name: `Your mark: ${after}` })).toBeVisible();
});
