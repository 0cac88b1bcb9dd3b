// Plain JavaScript, since it runs before anything is installed: node .ci/bootstrap.mjs start|test|vectors|interop|fuzz|bench [ARGUMENT…]
import { spawn, spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { install } from "./install.mjs";

const root = resolve(import.meta.dirname, "..");
const node = (...words) => spawnSync(process.execPath, words, { cwd: root, stdio: "inherit" }).status ?? 1;

/** Runs on until it ends by itself or by a signal to us, which is handed on: nothing that it started stays behind. */
const nodeUntilEnd = (...words) =>
  new Promise((done) => {
    const child = spawn(process.execPath, words, { cwd: root, stdio: "inherit" });
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
    child.on("close", (status) => done(status ?? 1));
  });

async function builtThen(tool, rest) {
  const built = node("node_modules/vite/bin/vite.js", "build", "--app", "--logLevel", "warn");
  return built === 0 ? nodeUntilEnd(".ci/run-ts.mjs", tool, ...rest) : built;
}

/** @type {Record<string, (rest: string[]) => Promise<number> | number>} */
const commands = {
  test: async () => (await import("./test.mjs")).test(),
  start: (rest) => builtThen("e2e/tools/start.ts", rest),
  bench: (rest) => builtThen("e2e/tools/bench.ts", rest),
  vectors: (rest) => node(".ci/run-ts.mjs", "e2e/tools/vectors.ts", ...rest),
  interop: (rest) => node(".ci/run-ts.mjs", "e2e/tools/interop.ts", ...rest),
  fuzz: (rest) => node(".ci/run-ts.mjs", "e2e/tools/fuzz.ts", ...rest),
};

const [name = "", ...rest] = process.argv.slice(2);
const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
if (command === undefined) {
  console.error(`usage: node .ci/bootstrap.mjs ${Object.keys(commands).join("|")} [ARGUMENT...]`);
  process.exit(2);
}
if (Number(process.versions.node.split(".")[0]) < 20) {
  console.error(`Node 20.19 or later is needed; this is ${process.versions.node}.`);
  process.exit(1);
}
try {
  install();
} catch (error) {
  console.error(`[setup] ${error.message}`);
  process.exit(1);
}
process.exitCode = await command(rest);
