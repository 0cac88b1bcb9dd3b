import { statSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "@playwright/test";
import { WEBMAILS } from "../../src/messages/content-requests.ts";
import { differs } from "../pages/differs.ts";

/** Every page of a webmail pays for it. Bytes. */
const BUDGET = 30 * 1024;

for (const browser of ["chromium", "firefox"]) {
  test(
    `the content scripts for ${browser} stay within their budget`,
    differs("30 kB of scripts at most", "the same, measured in the same test"),
    () => {
      const built = resolve(import.meta.dirname, "../../dist", browser);
      const sizeOf = (name: string): number => statSync(join(built, `${name}.js`)).size;
      for (const webmail of WEBMAILS) {
        expect(sizeOf("content") + sizeOf(`content-${webmail}`)).toBeLessThanOrEqual(BUDGET);
      }
    },
  );
}
