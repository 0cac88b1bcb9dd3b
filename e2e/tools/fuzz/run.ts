import { SmimeError } from "../../../src/engine/errors.ts";
import type { Finding } from "./finding.ts";
import { donors, mutate } from "./mutate.ts";
import { Random } from "./random.ts";
import { builtSeeds, type Seed } from "./seeds.ts";
import { statesManyIterations } from "./stated-cost.ts";
import { fuzzTargets, type Target } from "./targets.ts";
import { watchdog } from "./watchdog.ts";

export interface FuzzResult {
  readonly runs: number;
  /** Inputs that were refused by an SmimeError; the others were read. */
  readonly refused: number;
  /** Inputs that state a costly derivation and were not run. */
  readonly costly: number;
  readonly slowestMs: number;
  readonly findings: readonly Finding[];
}

export interface FuzzOptions {
  readonly runs: number;
  readonly seed: number;
  /** Inputs of others to begin with, beside those that are built here. */
  readonly corpus?: readonly Seed[];
  /** Ends earlier where there are as many. */
  readonly maxFindings?: number;
  readonly progress?: (runs: number) => void;
  /** Told at once: a long run may be ended before its end. */
  readonly onFinding?: (finding: Finding) => void;
}

/** What an input may take. */
export interface Limits {
  readonly ms: number;
  /** By how much the process' most memory may rise, beside `MEMORY_PER_OCTET`. Octets. */
  readonly memory: number;
}

/** V8's own heap grows in steps of some dozen MiB, whoever asked for the last octet. */
const LIMITS: Limits = { ms: 2_000, memory: 192 * 1024 * 1024 };
const MEMORY_PER_OCTET = 64;
/** Once in so many runs an input is given to a reader of another kind. */
const FOREIGN = 16;

/** Gives inputs that nobody would write to the engine's readers: each must be read or refused, in time and in bounds. */
export async function fuzz(options: FuzzOptions): Promise<FuzzResult> {
  const { runs, seed, corpus = [], maxFindings = 20, progress, onFinding } = options;
  const built = await builtSeeds();
  const seeds = [...built.seeds, ...corpus];
  const pieces = donors(seeds);
  const targets = await fuzzTargets(built);
  const every = Object.values(targets).flat();
  const findings: Finding[] = [];
  const sum = { refused: 0, costly: 0, slowestMs: 0 };
  const watch = watchdog();
  const { stackTraceLimit } = Error;
  // Most inputs end in an error, and what it costs to say where is not what is tried here.
  Error.stackTraceLimit = 4;
  try {
    for (let run = 0; run < runs && findings.length < maxFindings; run++) {
      const number = (seed + run) >>> 0;
      watch.begin(number);
      const random = new Random(number);
      const from = random.pick(seeds)!;
      const target = random.pick(random.oneIn(FOREIGN) ? every : targets[from.kind])!;
      const input = mutate(random, from, pieces);
      if (statesManyIterations(input)) {
        sum.costly++;
        continue;
      }
      const { outcome, ms } = await judge(target, input);
      sum.slowestMs = Math.max(sum.slowestMs, ms);
      if (outcome === "refused") sum.refused++;
      else if (outcome !== "read") {
        const finding = { seed: number, target: target.name, from: from.name, input, problem: outcome };
        findings.push(finding);
        onFinding?.(finding);
      }
      if (run % 10_000 === 9_999) progress?.(run + 1);
    }
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    watch.end();
  }
  return { runs, ...sum, findings };
}

interface Judgement {
  readonly outcome: string;
  readonly ms: number;
}

/** "read", "refused", or what is wrong. A run that was slow once may have waited for the machine: it is run again. */
export async function judge(target: Target, input: Uint8Array, limits: Limits = LIMITS): Promise<Judgement> {
  const before = mostMemory();
  const { outcome, ms } = await timed(target, input);
  const grown = mostMemory() - before;
  if (grown > limits.memory + MEMORY_PER_OCTET * input.length) {
    return { outcome: `took ${Math.round(grown / 2 ** 20)} MiB for ${input.length} octets`, ms };
  }
  if (ms <= limits.ms) return { outcome, ms };
  const again = await timed(target, input);
  if (again.ms <= limits.ms) return again;
  return { outcome: `took ${Math.round(again.ms)} ms for ${input.length} octets`, ms: again.ms };
}

/** The most that this process ever had, in octets; asked for after each run, which takes as long as a small run. */
function mostMemory(): number {
  return process.resourceUsage().maxRSS * 1024;
}

async function timed({ run }: Target, input: Uint8Array): Promise<Judgement> {
  const start = performance.now();
  let outcome = "read";
  try {
    await run(input);
  } catch (error) {
    outcome = error instanceof SmimeError ? "refused" : wordsOf(error);
  }
  return { outcome, ms: performance.now() - start };
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message).split("\n").slice(0, 4).join("\n") : String(error);
}
