import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { PEERS } from "../interop/matrix/peers.ts";
import { withInteropTable } from "../interop/matrix/readme.ts";
import { interopTable } from "../interop/matrix/table.ts";

const root = resolve(import.meta.dirname, "../..");
const README = resolve(root, "README.md");

/**
 * Runs all peers and prints the matrix that they agreed to; with `--write` puts it into README first, since a test
 * compares them. Other arguments are vitest's.
 */
export function main(rest: readonly string[]): Promise<number> {
  const isWrite = rest.includes("--write");
  if (isWrite) writeFileSync(README, withInteropTable(readFileSync(README, "utf8")));
  const filters = rest.filter((word) => word !== "--write");
  const words = ["node_modules/vitest/vitest.mjs", "run", "--project", "interop", ...filters];
  const status = spawnSync(process.execPath, words, { cwd: root, stdio: "inherit" }).status ?? 1;
  if (status === 0) console.log(`\n${interopTable(PEERS)}`);
  return Promise.resolve(status);
}
