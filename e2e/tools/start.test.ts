import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { CHROMIUM } from "../pages/extension.ts";
import { missingForRoundcube } from "../servers/roundcube/missing.ts";
import { TOUR_FOLDER } from "./tour.ts";

const ROOT = resolve(import.meta.dirname, "../..");
/** Of a whole tour on a busy machine. Milliseconds. */
const PATIENCE_MS = 240_000;

/** Everything that a process has started, itself first. */
function familyOf(pid: number): number[] {
  const parents = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        // The name of the program stands in parentheses, and may hold anything.
        const [, parent] = (readFileSync(`/proc/${name}/stat`, "utf8").split(")").at(-1) ?? "").trim().split(" ");
        return [{ pid: Number(name), parent: Number(parent) }];
      } catch {
        return [];
      }
    });
  const family = [pid];
  for (const each of family) family.push(...parents.filter(({ parent }) => parent === each).map(({ pid }) => pid));
  return family;
}

const isAlive = (pid: number): boolean => existsSync(`/proc/${pid}`);

/** `npm start` without a display, without what it installs and builds before. */
function start(...words: string[]) {
  const env = { ...process.env, DISPLAY: "", WAYLAND_DISPLAY: "" };
  const child = spawn(process.execPath, [".ci/run-ts.mjs", "e2e/tools/start.ts", ...words], { cwd: ROOT, env });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const closed = once(child, "close") as Promise<[number | null]>;
  return {
    /** All that was printed once this has been. */
    async says(pattern: RegExp): Promise<string> {
      const ended = closed.then(() => true);
      while (!pattern.test(said)) {
        const isOver = await Promise.race([ended, once(child.stdout, "data").then(() => false)]);
        if (isOver && !pattern.test(said)) throw new Error(`it ended after: ${said}`);
      }
      return said;
    },
    status: async (): Promise<number | null> => (await closed)[0],
    /** Presses Ctrl-C; returns all processes that there were. */
    interrupt(): number[] {
      const family = familyOf(child.pid ?? 0);
      child.kill("SIGINT");
      return family;
    },
  };
}

describe.skipIf(!existsSync(CHROMIUM))("npm start without a display", () => {
  it(
    "ends all that it started by Ctrl-C in the middle of the tour too, and says by its status that it was not whole",
    async () => {
      // With more to end than the stand-in has: Roundcube's three servers, each with processes of its own.
      const isReal = missingForRoundcube() === null;
      const run = start(...(isReal ? ["--roundcube"] : []));
      await run.says(/^ 2 {2}/m);
      const family = run.interrupt();
      if (isReal) expect(family.length).toBeGreaterThan(15);
      expect(await run.status()).toBe(1);
      await expect.poll(() => family.filter(isAlive), { timeout: 10_000 }).toEqual([]);
    },
    PATIENCE_MS,
  );

  it(
    "takes the tour with pictures of each step, stays with --keep, and Ctrl-C ends all of it",
    async () => {
      const run = start("--keep");
      const said = await run.says(/Ctrl-C ends it\./);
      expect(said).toContain("All as it should be.");
      const steps = said.split("\n").filter((line) => /^ ?\d+ {2}/.test(line));
      expect(steps.length).toBeGreaterThan(15);
      expect(steps.filter((line) => !line.includes(" ok "))).toEqual([]);
      expect(readdirSync(TOUR_FOLDER).filter((name) => /-(?:light|dark)\.png$/.test(name))).toHaveLength(
        2 * steps.length,
      );

      const [, address = ""] = /mail page +(\S+)/.exec(said) ?? [];
      expect((await fetch(address)).status).toBe(200);
      const family = run.interrupt();
      expect(family.length).toBeGreaterThan(5);
      expect(await run.status()).toBe(0);
      await expect.poll(() => family.filter(isAlive), { timeout: 10_000 }).toEqual([]);
      await expect(fetch(address)).rejects.toThrow();
    },
    PATIENCE_MS,
  );

  it.each([[["--unknown"]], [["no-such-file.eml"]]])(
    "%j is a wrong use",
    async (words) => {
      expect(await start(...words).status()).toBe(2);
    },
    PATIENCE_MS,
  );
});
