import { startExtension } from "../pages/extension.ts";
import { OpenPage } from "../pages/open-page.ts";
import { expect, test } from "../pages/story.ts";

test("the page speaks the browser's language", async ({ file }) => {
  const extension = await startExtension({ headless: true, locale: "de" });
  try {
    const { page } = await OpenPage.open(extension.context, extension.baseUrl);
    await expect(page.locator("h1")).toHaveText("Nachricht öffnen");
    await expect(page.locator("html")).toHaveAttribute("lang", "de");
    await page.locator("input[type=file]").setInputFiles(file("a.eml", "From: a@b.example\r\nSubject: s\r\n\r\nhi"));
    await expect(page.locator("[data-banner] h2")).toHaveText("Nicht signiert");
  } finally {
    await extension.close();
  }
});
