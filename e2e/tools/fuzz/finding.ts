import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const OUT = resolve(import.meta.dirname, "../../../out/fuzz");

/** An input that the engine did not end well with. */
export interface Finding {
  /** Makes the input again: `npm run fuzz -- --seed N --runs 1`. */
  readonly seed: number;
  readonly target: string;
  /** What it was made of. */
  readonly from: string;
  readonly input: Uint8Array;
  /** An exception that is no SmimeError, or what was passed. */
  readonly problem: string;
}

/** What was found, and how to see it again, with the same seeds; the input is kept in a file. */
export function describeFinding(
  { seed, target, from, input, problem }: Finding,
  seeds: "built" | "built-and-corpora" = "built",
): string {
  mkdirSync(OUT, { recursive: true });
  const file = join(OUT, `${seed}.bin`);
  writeFileSync(file, input);
  return [
    `seed ${seed}, from "${from}" to ${target}: ${problem}`,
    `  input: ${file}`,
    `  again: npm run fuzz -- --seed ${seed} --runs 1${seeds === "built" ? " --built" : ""}`,
  ].join("\n");
}
