import { defineConfig } from "@playwright/test";
import type { WebmailName } from "./pages/webmail-story.ts";
import { missingForRoundcube } from "./servers/roundcube/missing.ts";

interface WorkerOptions {
  readonly webmailName: WebmailName;
}

/** Stories of `webmail/` run on each webmail; those that one alone can tell are in a folder of its own. */
const webmail = (name: WebmailName): { name: string; testMatch: string[]; use: WorkerOptions } => ({
  name,
  testMatch: [`${name}/*.spec.ts`, "webmail/*.spec.ts"],
  use: { webmailName: name },
});

export default defineConfig<object, WorkerOptions>({
  testDir: ".",
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
  projects: [
    { name: "own pages", testMatch: "{first-run,open,options}/*.spec.ts" },
    webmail("outlook-web"),
    // Without its servers .ci/test.mjs says so and counts it as skipped.
    ...(missingForRoundcube() === null ? [webmail("roundcube")] : []),
  ],
});
