import { importPrivateKey } from "../../engine/primitives/private-key.ts";
import { encryptRsaPkcs1 } from "../../engine/primitives/rsa-encryption.ts";
import { hasFlag, parseArguments, singleValue, UsageError } from "../arguments.ts";
import { makeIdentity } from "./certificate.ts";

const DEFAULT_RUNS = 1_000;
const KEY_LENGTH = 32;
/** Beyond it dudect (Reparaz, Balasch, Verbauwhede 2017) says that times differ; random ones pass it once in 100,000. */
const SUSPICIOUS_T = 4.5;

/** Times of one kind, in ms. */
interface Sample {
  readonly mean: number;
  readonly variance: number;
}

/**
 * `signet bench padding [--runs N] [--json]`: RSA PKCS#1 v1.5 decryption with right and with wrong padding, in turn, and
 * Welch's t of their times. A look for what the code's shape does not show, and no proof: it fails nothing.
 */
export async function runPaddingBench(argv: readonly string[]): Promise<number> {
  const args = parseArguments(argv, { json: "flag", runs: "value" });
  const runs = Number(singleValue(args, "runs") ?? DEFAULT_RUNS);
  if (!Number.isInteger(runs) || runs < 2) throw new UsageError("--runs is a number from 2 up");
  const [right, wrong] = await timeBoth(runs);
  const t = (right.mean - wrong.mean) / Math.sqrt((right.variance + wrong.variance) / runs);
  const result = { runs, rightMs: right.mean, wrongMs: wrong.mean, t, suspicious: Math.abs(t) > SUSPICIOUS_T };
  const words = `${result.suspicious ? "" : "not "}suspicious`;
  const text = `right ${right.mean.toFixed(3)} ms, wrong ${wrong.mean.toFixed(3)} ms, t ${t.toFixed(2)}: ${words}\n`;
  process.stdout.write(hasFlag(args, "json") ? `${JSON.stringify(result)}\n` : text);
  return 0;
}

/** Each run has ciphertexts of its own: one that is always the same could be told by its number alone. */
async function timeBoth(runs: number): Promise<readonly [right: Sample, wrong: Sample]> {
  const { identity, pkcs8 } = await makeIdentity();
  const key = await importPrivateKey(pkcs8);
  const times: readonly [number[], number[]] = [[], []];
  for (let i = 0; i < 2 * runs; i++) {
    const ciphertext = encryptRsaPkcs1(identity.certificate.spki, new Uint8Array(KEY_LENGTH));
    // A number below the modulus that nobody padded.
    if (i % 2 === 1) crypto.getRandomValues(ciphertext.subarray(1));
    const start = performance.now();
    await key.unwrapRsaPkcs1(ciphertext, KEY_LENGTH);
    times[i % 2 === 0 ? 0 : 1].push(performance.now() - start);
  }
  return [sample(times[0]), sample(times[1])];
}

/** Without the slowest tenth, in which the machine did something else. */
function sample(times: readonly number[]): Sample {
  const kept = times.toSorted((a, b) => a - b).slice(0, Math.ceil(times.length * 0.9));
  const mean = kept.reduce((sum, time) => sum + time, 0) / kept.length;
  const variance = kept.reduce((sum, time) => sum + (time - mean) ** 2, 0) / (kept.length - 1);
  return { mean, variance };
}
