// npm test: every suite runs, also after one has failed, and the last line is the sum.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { relative, resolve } from "node:path";
import { stripVTControlCharacters } from "node:util";

const root = resolve(import.meta.dirname, "..");
const reports = resolve(root, "out/test");

const report = (name) => resolve(reports, `${name}.json`);
const run = (env, ...words) =>
  spawnSync(process.execPath, words, {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, ...env },
  }).status === 0;
const firstLine = (text = "") => stripVTControlCharacters(text).split("\n")[0].slice(0, 200);
const one = (passed) => ({ passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 });
const read = (name) => (existsSync(report(name)) ? JSON.parse(readFileSync(report(name), "utf8")) : null);

/** What failed, said again at the end: the output of a whole run is longer than anybody reads. */
const failures = [];

/** A run that fails without a failed test (a crash, an unhandled rejection, no report) counts as one failure. */
const withExit = (sum, exitedWell) => (exitedWell || sum.failed > 0 ? sum : { ...sum, failed: 1 });

function vitest(name, ...projects) {
  const exitedWell = run(
    {},
    ...["node_modules/vitest/vitest.mjs", "run", "--passWithNoTests", "--reporter=dot", "--reporter=json"],
    `--outputFile.json=${report(name)}`,
    ...projects.flatMap((project) => ["--project", project]),
  );
  const result = read(name);
  if (result === null) return one(false);
  // A file that does not even load has no tests in the report.
  const broken = result.testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0);
  const nameOf = (file) => relative(root, file.name);
  failures.push(
    ...broken.map((file) => `${nameOf(file)}: ${firstLine(file.message)}`),
    ...result.testResults.flatMap((file) =>
      file.assertionResults
        .filter(({ status }) => status === "failed")
        .map(({ fullName, failureMessages }) => `${nameOf(file)} › ${fullName}: ${firstLine(failureMessages[0])}`),
    ),
  );
  const sum = {
    passed: result.numPassedTests,
    failed: result.numFailedTests + broken.length,
    skipped: result.numPendingTests + result.numTodoTests,
  };
  return withExit(sum, exitedWell);
}

/** Why the stories on Roundcube cannot run here, in words for the person; empty where they can. */
const roundcubeIsMissing = () =>
  spawnSync(process.execPath, [".ci/run-ts.mjs", "e2e/servers/roundcube/missing.ts"], {
    cwd: root,
    encoding: "utf8",
  }).stdout.trim();

function stories() {
  const sum = playwright("e2e", "/usr/bin/chromium", "e2e/playwright.config.ts");
  const reason = roundcubeIsMissing();
  if (reason === "") return sum;
  console.log(`${reason}: the stories on Roundcube are skipped`);
  return { ...sum, skipped: sum.skipped + 1 };
}

function failedStories({ suites = [], specs = [] }) {
  const own = specs
    .filter(({ ok }) => !ok)
    .flatMap(({ file, title, tests }) =>
      tests.map(({ projectName, results }) => {
        const error = results.at(-1)?.error?.message;
        return `e2e/${file} › ${title} (${projectName}): ${firstLine(error)}`;
      }),
    );
  return [...own, ...suites.flatMap(failedStories)];
}

function playwright(name, browser, config) {
  if (!existsSync(browser)) {
    console.log(`${browser} is missing: its stories are skipped`);
    return { passed: 0, failed: 0, skipped: 1 };
  }
  const exitedWell = run(
    { PLAYWRIGHT_JSON_OUTPUT_NAME: report(name) },
    ...["node_modules/@playwright/test/cli.js", "test", "--config", config, "--reporter=line,json"],
  );
  const result = read(name);
  if (result === null) return one(false);
  failures.push(...failedStories(result));
  const { stats } = result;
  // A test that passes only when repeated has failed.
  return withExit(
    { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped },
    exitedWell,
  );
}

let linted;

/** Its output stands together, after it has ended. */
async function lint() {
  const runs = [
    ["node_modules/eslint/bin/eslint.js", "--max-warnings", "0", "."],
    ["node_modules/prettier/bin/prettier.cjs", "--check", "--log-level", "warn", "."],
  ].map(async (words) => {
    const child = spawn(process.execPath, words, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    const said = [];
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => said.push(chunk));
    const [status] = await once(child, "close");
    process.stdout.write(Buffer.concat(said));
    if (status !== 0) failures.push(`${words[0]}: exit status ${status}`);
    return status === 0;
  });
  return one((await Promise.all(runs)).every((passed) => passed));
}

const SUITES = {
  types: () => one(run({}, "node_modules/typescript/bin/tsc", "--build")),
  "unit, property, security, architecture": () => vitest("unit", "unit", "costs", "pages"),
  vectors: () => vitest("vectors", "vectors"),
  // Not a test: counted only when it fails.
  build: () => ({
    ...one(run({}, "node_modules/vite/bin/vite.js", "build", "--app", "--logLevel", "warn")),
    passed: 0,
  }),
  // Other programs are waited for half of the time, and lint has but one thread: it runs beside.
  interop: () => {
    linted = lint();
    return vitest("interop", "interop");
  },
  lint: () => linted,
  e2e: stories,
  "e2e in Firefox": () => playwright("firefox", "/usr/bin/firefox-esr", "e2e/firefox/playwright.config.ts"),
};

export async function test() {
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  const sum = { passed: 0, failed: 0, skipped: 0 };
  const lines = [];
  for (const [name, suite] of Object.entries(SUITES)) {
    console.log(`\n== ${name}`);
    const began = performance.now();
    const result = await suite();
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    for (const key of Object.keys(sum)) sum[key] += result[key];
    lines.push(`${name}: ${result.passed} passed, ${result.failed} failed, ${result.skipped} skipped (${seconds} s)`);
  }
  if (failures.length > 0) console.log(`\n== failed\n${failures.join("\n")}`);
  console.log(`\n${lines.join("\n")}\n\n${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
  return sum.failed === 0 ? 0 : 1;
}
