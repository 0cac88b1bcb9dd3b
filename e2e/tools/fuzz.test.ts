import { describe, expect, it } from "vitest";
import { readTree, writeTree } from "./fuzz/asn1-tree.ts";
import { describeFinding } from "./fuzz/finding.ts";
import { donors, MAX_INPUT, mutate } from "./fuzz/mutate.ts";
import { Random } from "./fuzz/random.ts";
import { fuzz, judge } from "./fuzz/run.ts";
import { builtSeeds } from "./fuzz/seeds.ts";
import { statesManyIterations } from "./fuzz/stated-cost.ts";

const RUNS = 20_000;
const SEED = 1;
const octets = Uint8Array.of(1, 2, 3);
const { seeds } = await builtSeeds();
const pieces = donors(seeds);
const inputs = (count: number) =>
  Array.from({ length: count }, (_, i) => {
    const random = new Random(i);
    return mutate(random, random.pick(seeds)!, pieces);
  });

describe("fuzzing", () => {
  it(`ends ${RUNS} times with a result or an SmimeError`, { timeout: 240_000 }, async () => {
    const { findings } = await fuzz({ runs: RUNS, seed: SEED });
    expect(findings.map((finding) => describeFinding(finding))).toEqual([]);
  });

  it("makes the same input of the same number, and another of each", () => {
    const [first, again] = [inputs(200), inputs(200)];
    expect(first).toEqual(again);
    const different = new Set(first.map((input) => Buffer.from(input).toString("base64")));
    expect(different.size).toBeGreaterThan(190);
    expect(Math.max(...first.map(({ length }) => length))).toBeLessThanOrEqual(MAX_INPUT);
  });

  it("leaves an encoding as it is where nothing is changed in it", () => {
    for (const { octets: der } of seeds.filter(({ kind, name }) => kind === "certificate" && !name.includes("PEM"))) {
      expect(writeTree(readTree(der)!)).toEqual(der);
    }
  });

  it("tells an exception that is no SmimeError, and what takes too long or too much", async () => {
    const wrong = () => (undefined as unknown as string).length;
    const slow = () => new Promise((resolve) => setTimeout(resolve, 30));
    const large = () => new Uint8Array(process.resourceUsage().maxRSS * 1024).fill(1);
    const found = async (run: () => unknown) =>
      (await judge({ name: "", run }, octets, { ms: run === slow ? 20 : 5_000, memory: 50_000_000 })).outcome;
    expect(await found(wrong)).toMatch(/^TypeError/);
    expect(await found(slow)).toMatch(/^took \d+ ms for 3 octets/);
    expect(await found(large)).toMatch(/^took \d+ MiB for 3 octets/);
    expect(await found(() => 1)).toBe("read");
  });

  it("knows a number of iterations above 100,000", () => {
    const derivation = (...number: readonly number[]) => Uint8Array.of(0x30, 3 + number.length, 4, 1, 9, ...number);
    for (const number of [
      [2, 3, 2, 0, 0],
      [2, 4, 0, 0x98, 0x96, 0x80],
      [2, 0x81, 3, 2, 0, 0],
    ]) {
      expect(statesManyIterations(derivation(...number))).toBe(true);
    }
    for (const number of [
      [2, 2, 0xff, 0xff],
      [2, 3, 1, 0, 1],
      [2, 6, 1, 1, 1, 1, 1, 1],
    ]) {
      expect(statesManyIterations(derivation(...number))).toBe(false);
    }
  });
});
