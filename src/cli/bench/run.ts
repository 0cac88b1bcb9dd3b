import { UsageError, hasFlag, parseArguments, singleValue } from "../arguments.ts";
import { type Measurement, measure, runStep, STEPS } from "./measure.ts";
import { runPaddingBench } from "./padding.ts";
import { runPathBench } from "./paths.ts";
import { runRecipientsBench } from "./recipients.ts";
import { OPERATIONS } from "./operations.ts";

const DEFAULT_SIZES = "1K,100K,1M,25M,100M";
const UNITS = { "": 1, K: 1_000, M: 1_000_000 } as const;

/**
 * `signet bench`: `paths` for certificates and revocation, `padding` for RSA decryption, `recipients` for many of them, else
 * messages: a table, or with `--json` one line of JSON per operation and size. Returns the exit status.
 */
export async function runBench(argv: readonly string[]): Promise<number> {
  if (argv[0] === "paths") return runPathBench(argv.slice(1));
  if (argv[0] === "padding") return runPaddingBench(argv.slice(1));
  if (argv[0] === "recipients") return runRecipientsBench(argv.slice(1));
  const args = parseArguments(argv, { sizes: "value", json: "flag", step: "value" });
  const step = STEPS.find((candidate) => candidate === singleValue(args, "step"));
  if (step) {
    process.stdout.write(await runStep(step, args.positionals));
    return 0;
  }
  if (args.positionals.length > 0) throw new UsageError("bench takes no FILE");
  const sizes = (singleValue(args, "sizes") ?? DEFAULT_SIZES).split(",").map(readSize);
  const isJson = hasFlag(args, "json");
  const [, program = ""] = process.argv;
  if (!isJson) printRow(["operation", "size", "ms", "floor ms", "ratio", "openssl ms", "memory / size"]);
  for (const operation of OPERATIONS) {
    for (const size of sizes) {
      const measurement = await measure(program, operation, size);
      if (isJson) process.stdout.write(`${JSON.stringify(measurement)}\n`);
      else printRow(columns(measurement));
    }
  }
  return 0;
}

function readSize(text: string): number {
  const match = /^(\d{1,9})([KM]?)$/.exec(text);
  const size = match ? Number(match[1]) * UNITS[match[2] as keyof typeof UNITS] : 0;
  if (size === 0) throw new UsageError("--sizes are like 1K,25M");
  return size;
}

function columns({ operation, size, ms, floorMs, ratio, opensslMs, peakMemoryRatio }: Measurement): string[] {
  const openssl = opensslMs?.toFixed(2) ?? "-";
  const [own, floor] = [ms.toFixed(2), floorMs.toFixed(2)];
  return [operation, String(size), own, floor, ratio.toFixed(2), openssl, peakMemoryRatio.toFixed(1)];
}

function printRow([first = "", ...others]: readonly string[]): void {
  process.stdout.write(`${first.padEnd(14)}${others.map((text) => text.padStart(14)).join("")}\n`);
}
