import { corpusSeeds } from "./fuzz/corpus-seeds.ts";
import { describeFinding, type Finding } from "./fuzz/finding.ts";
import { fuzz } from "./fuzz/run.ts";

/**
 * `npm run fuzz [-- --runs N] [--seed S] [--built]`: gives N inputs to the engine's readers, made from S on; the same
 * number makes the same input. `--built` leaves the files of others out, as `npm test` does. 1 where one did not end well.
 */
export async function main(words: readonly string[]): Promise<number> {
  const runs = numberAfter(words, "--runs") ?? 100_000;
  const seed = numberAfter(words, "--seed") ?? 1;
  const corpus = words.includes("--built") ? [] : corpusSeeds();
  console.log(`${runs} runs from seed ${seed}, with ${corpus.length} files of others`);
  const began = performance.now();
  const progress = (done: number): void => {
    console.log(`${done} runs`);
  };
  const seeds = corpus.length === 0 ? "built" : "built-and-corpora";
  const onFinding = (finding: Finding): void => {
    console.log(describeFinding(finding, seeds));
  };
  const result = await fuzz({ runs, seed, corpus, progress, onFinding });
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  console.log(
    `${result.runs} runs in ${seconds} s: ${result.refused} refused, ${result.costly} not run for what they state to ` +
      `cost, slowest ${result.slowestMs.toFixed(0)} ms, ${result.findings.length} findings`,
  );
  return result.findings.length === 0 ? 0 : 1;
}

function numberAfter(words: readonly string[], option: string): number | null {
  const at = words.indexOf(option);
  return at < 0 ? null : Number(words[at + 1]);
}
