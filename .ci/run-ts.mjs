// Runs a tool that is written in TypeScript, which Node 20 cannot: `node .ci/run-ts.mjs e2e/tools/x.ts ARGUMENT…`.
// The tool exports `main(arguments): Promise<number>`, the exit status.
import { runnerImport } from "vite";

const [file, ...rest] = process.argv.slice(2);
if (file === undefined) {
  console.error("usage: node .ci/run-ts.mjs FILE.ts [ARGUMENT...]");
  process.exit(2);
}
const { module } = await runnerImport(new URL(`../${file}`, import.meta.url).pathname, { logLevel: "warn" });
process.exitCode = await module.main(rest);
