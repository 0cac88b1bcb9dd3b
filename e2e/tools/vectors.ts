import { runVectors } from "./vectors/run.ts";
import { vectorTable } from "./vectors/table.ts";

/**
 * `npm run vectors [-- CORPUS…]`: runs the suites of others through the engine and prints a table; 1 where an answer
 * differs without a reason in vectors/exceptions.json. `--exceptions` lists the excused answers too.
 */
export async function main(words: readonly string[]): Promise<number> {
  const results = await runVectors(words.filter((word) => !word.startsWith("--")));
  console.log(vectorTable(results));
  if (words.includes("--exceptions")) {
    for (const { corpus, exceptions } of results) {
      for (const { name, expected, actual } of exceptions) console.log(`${corpus}: ${name}: ${expected} / ${actual}`);
    }
  }
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const { skipped, agreeing, exceptions, failures, unexpectedSuccesses } of results) {
    sum.passed += agreeing + exceptions.length;
    sum.failed += failures.length + unexpectedSuccesses.length;
    if (skipped !== null) sum.skipped++;
  }
  console.log(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
  return sum.failed === 0 ? 0 : 1;
}
