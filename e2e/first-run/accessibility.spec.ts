import { violationsOn } from "../pages/accessibility.ts";
import { FirstRunPage } from "../pages/own-pages.ts";
import { choose, expect, overflowOf, PASSPHRASE, test } from "../pages/own-story.ts";

test("axe finds nothing at any step", async ({ extension, practice }) => {
  const firstRun = await FirstRunPage.open(extension.context, extension.baseUrl);
  const { page } = firstRun;
  await page.getByText("Choose shape, colour and word").click();
  expect(await violationsOn(page)).toEqual([]);
  await choose(page, "Choose a file", practice.alice.p12);
  await page.getByLabel("Passphrase of the file").fill(PASSPHRASE);
  await page.getByRole("button", { name: "Open file" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: "Add identity" }).click();
  await expect(page.getByRole("alert").first()).toBeVisible();
  expect(await violationsOn(page)).toEqual([]);
  await page.getByLabel("Do not ask").check();
  await page.getByRole("button", { name: "Add identity" }).click();
  await expect(firstRun.stepsDone).toHaveCount(2);
  expect(await violationsOn(page)).toEqual([]);
});

test("does not scroll sideways at any width", async ({ extension, practice }) => {
  const { page } = await FirstRunPage.open(extension.context, extension.baseUrl);
  await page.getByText("Choose shape, colour and word").click();
  await choose(page, "Choose a file", practice.alice.p12);
  await page.getByLabel("Passphrase of the file").fill(PASSPHRASE);
  await page.getByRole("button", { name: "Open file" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
  for (const width of [320, 380, 1280, 3840]) {
    await page.setViewportSize({ width, height: 900 });
    expect([width, await overflowOf(page)]).toEqual([width, 0]);
  }
});
