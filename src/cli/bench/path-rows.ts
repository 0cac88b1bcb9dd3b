import { type CertificateList, readCertificateList } from "../../engine/revocation/certificate-list.ts";
import { findEntry } from "../../engine/revocation/revoked-entries.ts";
import { type Certificate, parseCertificate } from "../../engine/x509/certificate.ts";
import { findPath } from "../../engine/x509/path.ts";
import { trustAnchor } from "../../engine/x509/trust-anchor.ts";
import { issue, makeKey, unsigning } from "./bench-certificates.ts";
import { makeCrl } from "./crl.ts";
import { crossCertificates, manyNameConstraints, manyPolicies, type Pool, sameNames } from "./hostile-pools.ts";

/** One row; the limits are those of the issue that asked for them. */
export interface PathMeasurement {
  readonly row: PathRow;
  readonly ms: number;
  readonly limitMs: number;
  /** Beyond the bytes that were read; `null` where it is not measured. */
  readonly memoryMiB: number | null;
  readonly limitMiB: number | null;
}

const CRL_ENTRIES = 1_000_000;
const POOL_SIZE = 10_000;
const RUNS = 5;
const MIB = 2 ** 20;

/** How many milliseconds each row may take. */
const LIMITS = {
  "crl-read-1000000": 1000,
  "crl-look-up-without-bytes": 1,
  "path-in-pool-of-10000": 5,
  "known-chain-again": 0.2,
  "hostile-same-names": 200,
  "hostile-cross-certificates": 200,
  "hostile-policies": 200,
  "hostile-name-constraints": 200,
} as const;
export type PathRow = keyof typeof LIMITS;
export const PATH_ROWS = Object.keys(LIMITS) as readonly PathRow[];

const CRL_MEMORY_MIB = 64;

/** Measures one row in this process. */
export async function measurePathRow(row: PathRow): Promise<PathMeasurement> {
  const limits = { row, limitMs: LIMITS[row] };
  if (row === "crl-read-1000000") return { ...limits, ...readLargeCrl(), limitMiB: CRL_MEMORY_MIB };
  return { ...limits, ms: await timeOf(row), memoryMiB: null, limitMiB: null };
}

async function timeOf(row: Exclude<PathRow, "crl-read-1000000">): Promise<number> {
  switch (row) {
    case "crl-look-up-without-bytes":
      return lookUp();
    case "path-in-pool-of-10000":
      return findInPool(await bushyPool());
    case "known-chain-again":
      return verifyAgain(await chainOfThree());
    case "hostile-same-names":
      return findOnce(await sameNames());
    case "hostile-cross-certificates":
      return findOnce(await crossCertificates());
    case "hostile-policies":
      return findOnce(await manyPolicies());
    case "hostile-name-constraints":
      return findOnce(await manyNameConstraints());
  }
}

/** The first reading in this process, as a list comes in once. */
function readLargeCrl(): { ms: number; memoryMiB: number } {
  const { der } = makeCrl(CRL_ENTRIES);
  const before = memoryInUse();
  const start = performance.now();
  const { entries } = readCertificateList(der);
  const ms = performance.now() - start;
  const memoryMiB = (memoryInUse() - before) / MIB;
  if (entries.count !== CRL_ENTRIES) throw new Error("the list was not read");
  return { ms, memoryMiB };
}

/** In octets, after the garbage is gone where the process was started with `--expose-gc`. */
function memoryInUse(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function lookUp(): number {
  const { list, serial } = detachedList();
  return median(Array.from({ length: RUNS }, () => timed(() => findEntry(list.entries, list.issuer, serial))));
}

/** A list whose bytes nobody has any more: they are overwritten. */
function detachedList(): { list: CertificateList; serial: Uint8Array } {
  const { der, serial } = makeCrl(CRL_ENTRIES);
  const list = readCertificateList(der);
  der.fill(0);
  if (!findEntry(list.entries, list.issuer, serial)) throw new Error("the entry was not found");
  return { list, serial };
}

/** Finds the path of a leaf whose certificates were never seen, in a pool that is kept. */
async function findInPool({ leaf, root, intermediates }: Pool): Promise<number> {
  const others = await Promise.all(Array.from({ length: RUNS + 1 }, chainOfThree));
  const known = [...intermediates, ...others.flatMap((chain) => chain.intermediates)];
  const anchors = [root, ...others.map((chain) => chain.root)].map((certificate) => trustAnchor(certificate));
  const find = async (sought: Certificate) =>
    findPath(sought, { anchors, intermediates: [], known, at: new Date(), purpose: "email", usage: "any" });
  await find(leaf);
  const times: number[] = [];
  for (const chain of others) times.push(await timedAsync(async () => find(chain.leaf)));
  return median(times);
}

/** Reads and verifies a chain whose signatures were verified before, as each message brings it again. */
async function verifyAgain(pool: Pool): Promise<number> {
  for (let i = 0; i < 200; i++) await findOnce(pool);
  const times: number[] = [];
  for (let i = 0; i < 25; i++) times.push(await findOnce(pool));
  return median(times);
}

/** With certificates that were just read, so that nothing is known of them by their objects. */
async function findOnce({ leaf, root, intermediates }: Pool): Promise<number> {
  const fresh = ({ der }: Certificate): Certificate => parseCertificate(der);
  const sought = fresh(leaf);
  const pool = intermediates.map(fresh);
  const anchors = [trustAnchor(root)];
  return timedAsync(async () =>
    findPath(sought, { anchors, intermediates: pool, at: new Date(), purpose: "any", usage: "any" }),
  );
}

let chains = 0;

async function chainOfThree(): Promise<Pool> {
  const number = String(++chains);
  const root = await makeKey(`Root ${number}`);
  const first = await makeKey(`First ${number}`);
  const second = await makeKey(`Second ${number}`);
  return {
    root: await issue(root, root, "ca"),
    intermediates: [await issue(root, first, "ca"), await issue(first, second, "ca")],
    leaf: await issue(second, await makeKey("Alice"), "leaf"),
  };
}

async function bushyPool(): Promise<Pool> {
  const chain = await chainOfThree();
  const key = unsigning(await makeKey("Other"));
  const others: Certificate[] = [];
  for (let i = 0; i < POOL_SIZE; i++) others.push(await issue(key, { ...key, name: `Other ${String(i)}` }, "ca"));
  return { ...chain, intermediates: [...others, ...chain.intermediates] };
}

function timed(run: () => unknown): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

async function timedAsync(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}
