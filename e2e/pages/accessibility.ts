import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { AxeBuilder } from "@axe-core/playwright";
import type { Frame, Page } from "playwright-core";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** What depends on the colour scheme; all else is looked at in one of them. */
const OF_COLOURS = ["color-contrast", "link-in-text-block"];

/** What axe finds on a page, light and dark; nothing, that is. */
export async function violationsOn(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    // Otherwise it opens a tab of its own, which an extension's context has no place for.
    const axe = new AxeBuilder({ page }).setLegacyMode(true);
    const { violations } = await (colorScheme === "light" ? axe.withTags(TAGS) : axe.withRules(OF_COLOURS)).analyze();
    found.push(
      ...violations.map(({ id, nodes }) => `${colorScheme}: ${id}: ${nodes.map(({ html }) => html).join(" | ")}`),
    );
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  return found;
}

// The package that Playwright's own brings; its builder looks at whole pages only.
const resolve = createRequire(createRequire(import.meta.url).resolve("@axe-core/playwright")).resolve;
const AXE = readFileSync(resolve("axe-core/axe.min.js"), "utf8");

interface Axe {
  run(context: object, options: object): Promise<{ violations: { id: string; impact: string }[] }>;
}

/** The same of one frame of a page, as far as it is serious. */
export async function violationsIn(frame: Frame): Promise<string[]> {
  const page = frame.page();
  const found: string[] = [];
  await frame.evaluate(AXE);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const { violations } = await frame.evaluate(
      (options) => (globalThis as unknown as { axe: Axe }).axe.run({ exclude: ["iframe"] }, options),
      colorScheme === "light" ? {} : { runOnly: OF_COLOURS },
    );
    const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    found.push(...serious.map(({ id }) => `${colorScheme}: ${id}`));
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  return found;
}
