import { defineConfig } from "@playwright/test";
import stories from "../playwright.config.ts";

/** Firefox is driven by WebDriver BiDi, which Playwright's own Firefox is not: only its runner is used here. */
export default defineConfig({
  ...stories,
  projects: [{ name: "firefox" }],
  testDir: ".",
  testMatch: "*.spec.ts",
  outputDir: "../../out/firefox",
  workers: 1,
  timeout: 90_000,
});
