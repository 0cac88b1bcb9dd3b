import { statSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "@playwright/test";

/** Every page of a webmail pays for it. Bytes. */
const BUDGET = 30 * 1024;

for (const browser of ["chromium", "firefox"]) {
  test(`the content script for ${browser} stays within its budget`, () => {
    const built = resolve(import.meta.dirname, "../../dist", browser);
    expect(statSync(join(built, "content.js")).size).toBeLessThanOrEqual(BUDGET);
  });
}
