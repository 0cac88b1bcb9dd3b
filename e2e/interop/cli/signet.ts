import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { expect } from "vitest";
import { folder } from "../openssl.ts";

const PROGRAM = resolve(import.meta.dirname, "../../../dist/cli/signet.js");

export interface Run {
  readonly status: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** Runs the built program in the folder of the tests. Whatever happens, it never shows a stack trace. */
export function signet(args: readonly string[], input: string | Uint8Array = ""): Run {
  if (!existsSync(PROGRAM)) throw new Error("dist/cli/signet.js is missing: npm run build");
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...args], {
    cwd: folder,
    input,
    maxBuffer: 64 * 1024 * 1024,
  });
  expect(`${stdout.toString()}${stderr.toString()}`).not.toMatch(/^\s+at .*:\d+/m);
  return { status, stdout, stderr: stderr.toString() };
}

export type Line = Readonly<Record<string, unknown>>;

/** The lines of JSON of a command that prints one per file. */
export function lines({ stdout }: Run): Line[] {
  const text = stdout.toString();
  if (text !== "") expect(text.endsWith("\n")).toBe(true);
  return text
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line);
}

/** The only line of a command that succeeds. */
export function line(args: readonly string[], input: string | Uint8Array = ""): Line {
  const run = signet(args, input);
  expect({ status: run.status, stderr: run.stderr }).toEqual({ status: 0, stderr: "" });
  const all = lines(run);
  expect(all).toHaveLength(1);
  return all[0] ?? {};
}

export function sha256(bytes: string | Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
