import { execFileSync } from "node:child_process";
import { hasFlag, parseArguments, singleValue } from "../arguments.ts";
import { measurePathRow, PATH_ROWS, type PathMeasurement } from "./path-rows.ts";

/**
 * `signet bench paths`: what certificate paths and revocation cost, beside the limits that they have to hold; with
 * `--json` a line of JSON a row. Each row runs in a process of its own. Returns 1 where a limit was passed.
 */
export async function runPathBench(argv: readonly string[]): Promise<number> {
  const args = parseArguments(argv, { json: "flag", row: "value" });
  const row = PATH_ROWS.find((name) => name === singleValue(args, "row"));
  if (row) {
    process.stdout.write(JSON.stringify(await measurePathRow(row)));
    return 0;
  }
  const [, program = ""] = process.argv;
  const isJson = hasFlag(args, "json");
  let status = 0;
  for (const name of PATH_ROWS) {
    const output = execFileSync(process.execPath, ["--expose-gc", program, "bench", "paths", "--row", name]).toString();
    const measurement = JSON.parse(output) as PathMeasurement;
    if (!holds(measurement)) status = 1;
    process.stdout.write(isJson ? `${JSON.stringify(measurement)}\n` : rowText(measurement));
  }
  return status;
}

function holds({ ms, limitMs, memoryMiB, limitMiB }: PathMeasurement): boolean {
  return ms <= limitMs && (memoryMiB === null || limitMiB === null || memoryMiB <= limitMiB);
}

function rowText({ row, ms, limitMs, memoryMiB, limitMiB }: PathMeasurement): string {
  const time = `${ms.toFixed(3).padStart(12)} ms of ${String(limitMs)}`;
  const memory = memoryMiB === null ? "" : `${memoryMiB.toFixed(1).padStart(10)} MiB of ${String(limitMiB)}`;
  return `${row.padEnd(36)}${time.padEnd(26)}${memory}\n`;
}
