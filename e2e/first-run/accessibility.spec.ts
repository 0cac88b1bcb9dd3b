import { FirstRunPage } from "../pages/own-pages.ts";
import { choose, expect, overflowOf, PASSPHRASE, test, violationsOn } from "../pages/own-story.ts";

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing at any step, ${colorScheme}`, async ({ extension, practice }) => {
    const firstRun = await FirstRunPage.open(extension.context, extension.baseUrl);
    const { page } = firstRun;
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
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
}

for (const width of [320, 380, 1280, 3840]) {
  test(`does not scroll sideways at ${width} px`, async ({ extension, practice }) => {
    const { page } = await FirstRunPage.open(extension.context, extension.baseUrl);
    await page.setViewportSize({ width, height: 900 });
    await page.getByText("Choose shape, colour and word").click();
    await choose(page, "Choose a file", practice.alice.p12);
    await page.getByLabel("Passphrase of the file").fill(PASSPHRASE);
    await page.getByRole("button", { name: "Open file" }).click();
    await page.getByRole("button", { name: "Continue" }).click();
    expect(await overflowOf(page)).toBe(0);
  });
}
