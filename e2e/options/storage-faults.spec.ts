import { expect, lookInside, person, test } from "../pages/own-story.ts";

for (const [fault, headline] of [
  ["QuotaExceededError", "There is no room to store this."],
  ["UnknownError", "This browser lets Signet store nothing."],
] as const) {
  test(`storage that fails with ${fault} loses nothing and says what to do`, async ({ options, p12, extension }) => {
    const { page } = options;
    await lookInside(options, p12("ana.p12", person("ana@stories.example").build()));
    await (
      await extension.worker()
    ).evaluate((name) => {
      const fail = (): never => {
        throw new DOMException("a story", name);
      };
      Object.assign(IDBObjectStore.prototype, { put: fail, add: fail });
    }, fault);
    await page.getByLabel("Do not ask").check();
    const add = page.getByRole("button", { name: "Add identity" });
    await add.click();
    await expect(page.getByRole("alert").first()).toContainText(headline);
    await expect(page.getByRole("alert").first()).toContainText("Nothing was changed.");
    // What was shown and chosen is still there, to be tried again.
    await expect(page.getByText("ana@stories.example").first()).toBeVisible();
    await expect(add).toBeVisible();
  });
}
