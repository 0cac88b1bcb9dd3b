import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "../pages/story.ts";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

for (const colorScheme of ["light", "dark"] as const) {
  test(`has no accessibility violation, ${colorScheme}`, async ({ alice, message, practice }) => {
    const { page } = alice;
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    for (const name of ["signed", "altered", "no-key", "encrypted", "signed-and-encrypted"]) {
      const card = await alice.openMessage(message(name));
      await card.banner.getByRole("button", { name: "Details" }).click();
      await card.banner.locator("summary").click();
    }
    await alice.lookInside(practice.bob.p12, "wrong");
    await expect(alice.panel("identity").getByRole("alert")).toBeVisible();
    // Otherwise it opens a tab of its own, which an extension's context has no place for.
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).withTags(TAGS).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`)).toEqual([]);
  });
}

for (const width of [320, 380, 768, 1280, 3840]) {
  test(`does not scroll sideways at ${width} px`, async ({ alice, message }) => {
    const { page } = alice;
    const card = await alice.openMessage(message("signed-and-encrypted"));
    await card.banner.getByRole("button", { name: "Details" }).click();
    await card.banner.locator("summary").click();
    await page.setViewportSize({ width, height: 900 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });
}
