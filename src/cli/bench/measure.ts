import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execFileSync } from "node:child_process";
import { importPrivateKey } from "../../engine/primitives/private-key.ts";
import type { Identity } from "../../engine/smime/identity.ts";
import { parseCertificate } from "../../engine/x509/certificate.ts";
import { writePem } from "../../engine/x509/pem.ts";
import { makeIdentity } from "./certificate.ts";
import { makeFloor } from "./floor.ts";
import { performWithOpenssl } from "./openssl.ts";
import { OPERATIONS, type Operation, makeInput, makeMessage, perform } from "./operations.ts";

/** One row of the table. */
export interface Measurement {
  readonly operation: Operation;
  /** Octets of the message. */
  readonly size: number;
  /** Medians of `RUNS`, the operation and its floor in turn. */
  readonly ms: number;
  readonly floorMs: number;
  readonly ratio: number;
  /** The same work by the `openssl cms` process, its start included; `null` where it is missing. */
  readonly opensslMs: number | null;
  /**
   * Most memory of a process that reads the input from a file and performs the operation once, less what it had before,
   * over the size of the message.
   */
  readonly peakMemoryRatio: number;
}

const RUNS = 5;
/** Small messages are over before the compiler has seen them often enough. */
const WARM_UP_RUNS = 50;
const WARM_UP_SIZE = 1_000_000;

/**
 * Measures one row. Time and memory are each taken in a process of their own, started from `program`, so that no row
 * pays for what another one left behind.
 */
export async function measure(program: string, operation: Operation, size: number): Promise<Measurement> {
  const folder = await mkdtemp(join(tmpdir(), "signet-bench-"));
  try {
    const apart = (step: Step): string =>
      execFileSync(process.execPath, [program, "bench", "--step", step, operation, folder, String(size)]).toString();
    apart("prepare");
    const { ms, floorMs } = JSON.parse(apart("time")) as { ms: number; floorMs: number };
    const opensslMs = timeOpenssl(operation, folder);
    const peak = Number(apart("memory"));
    return {
      operation,
      size,
      ms: rounded(ms),
      floorMs: rounded(floorMs),
      ratio: rounded(ms / floorMs),
      opensslMs: opensslMs === null ? null : rounded(opensslMs),
      peakMemoryRatio: rounded(peak / size),
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

export const STEPS = ["prepare", "time", "memory"] as const;
export type Step = (typeof STEPS)[number];

/** One step of a row, in this process; returns what it prints. */
export async function runStep(step: Step, [name, folder = "", size = ""]: readonly string[]): Promise<string> {
  const operation = OPERATIONS.find((candidate) => candidate === name);
  if (!operation) return "";
  switch (step) {
    case "prepare":
      await prepare(operation, folder, Number(size));
      return "";
    case "time":
      return JSON.stringify(await time(operation, folder));
    case "memory":
      return String(await memory(operation, folder));
  }
}

async function prepare(operation: Operation, folder: string, size: number): Promise<void> {
  const { identity, pkcs8 } = await makeIdentity();
  const message = makeMessage(size);
  await writeFile(join(folder, "key"), pkcs8);
  await writeFile(join(folder, "certificate"), identity.certificate.der);
  await writeFile(join(folder, "key.pem"), writePem("PRIVATE KEY", pkcs8));
  await writeFile(join(folder, "certificate.pem"), writePem("CERTIFICATE", identity.certificate.der));
  await writeFile(join(folder, "message"), message);
  await writeFile(join(folder, "input"), await makeInput(operation, message, identity));
}

async function time(operation: Operation, folder: string): Promise<{ ms: number; floorMs: number }> {
  const identity = await readIdentity(folder);
  const input = await read(folder, "input");
  const message = await read(folder, "message");
  const floor = await makeFloor(operation, message);
  const run = (): Promise<void> => perform(operation, input, identity);
  for (let i = 0; i < (message.length < WARM_UP_SIZE ? WARM_UP_RUNS : 1); i++) {
    await run();
    await floor();
  }
  const times: number[] = [];
  const floorTimes: number[] = [];
  for (let i = 0; i < RUNS; i++) {
    floorTimes.push(await timed(floor));
    times.push(await timed(run));
  }
  return { ms: median(times), floorMs: median(floorTimes) };
}

function timeOpenssl(operation: Operation, folder: string): number | null {
  const times: number[] = [];
  for (let i = 0; i < RUNS; i++) {
    const start = performance.now();
    if (!performWithOpenssl(operation, folder)) return null;
    times.push(performance.now() - start);
  }
  return median(times);
}

async function memory(operation: Operation, folder: string): Promise<number> {
  const identity = await readIdentity(folder);
  const before = process.memoryUsage().rss;
  await perform(operation, await read(folder, "input"), identity);
  return process.resourceUsage().maxRSS * 1024 - before;
}

async function readIdentity(folder: string): Promise<Identity> {
  const key = await importPrivateKey(await read(folder, "key"));
  return { certificate: parseCertificate(await read(folder, "certificate")), key, chain: [] };
}

async function read(folder: string, name: string): Promise<Uint8Array> {
  return new Uint8Array((await readFile(join(folder, name))).buffer);
}

async function timed(run: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
