import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: ".",
  testMatch: "{first-run,open,options,outlook-web}/*.spec.ts",
  outputDir: "../out/e2e",
  fullyParallel: true,
  workers: 2,
  // No retries: a test that passes only sometimes is a defect.
  retries: 0,
  // A busy machine of two cores needs up to half a minute for the longest of them.
  timeout: 60_000,
  reporter: "line",
  expect: { timeout: 10_000 },
  use: { trace: "off" },
});
