import { describe, expect, it } from "vitest";
import { runVectors } from "../../e2e/tools/vectors/run.ts";

// What each suite is, and why an answer may differ, is in e2e/tools/vectors; `npm run vectors` prints the table.
const results = await runVectors();

describe("the engine agrees with the test suites of others", () => {
  for (const { corpus, skipped, cases, failures, unexpectedSuccesses } of results) {
    it.skipIf(skipped !== null)(`${corpus}: ${skipped ?? `${String(cases)} cases`}`, () => {
      expect(failures).toEqual([]);
      expect(unexpectedSuccesses).toEqual([]);
    });
  }
});
