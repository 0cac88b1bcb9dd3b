import { HEADER_POLICIES } from "../../engine/smime/header-policy.ts";
import { encryptMessage } from "../../engine/smime/protect.ts";
import type { Certificate } from "../../engine/x509/certificate.ts";
import { hasFlag, parseArguments, singleValue, UsageError } from "../arguments.ts";
import { issue, makeKey, unsigning } from "./bench-certificates.ts";
import { makeMessage } from "./operations.ts";

const DEFAULT_COUNT = 1_000;
const RUNS = 5;
const MESSAGE_SIZE = 1_000;

/**
 * `signet bench recipients [--count N] [--json]`: a message of 1 kB for so many recipients, each with a key of RSA 2048
 * (PKCS#1 v1.5), beside WebCrypto's RSA-OAEP as often. Medians of five, in ms.
 */
export async function runRecipientsBench(argv: readonly string[]): Promise<number> {
  const args = parseArguments(argv, { json: "flag", count: "value" });
  const count = Number(singleValue(args, "count") ?? DEFAULT_COUNT);
  if (!Number.isInteger(count) || count < 1) throw new UsageError("--count is a number from 1 up");
  const recipients = await makeRecipients(count);
  const message = makeMessage(MESSAGE_SIZE);
  const [own, floor]: [number[], number[]] = [[], []];
  const wrap = await oaep();
  // The first run is for warming up.
  for (let run = 0; run <= RUNS; run++) {
    const start = performance.now();
    await encryptMessage(message, {
      recipients,
      cipher: "aes-256-cbc",
      keyTransport: { kind: "rsa-pkcs1" },
      headerPolicy: HEADER_POLICIES.none,
    });
    const between = performance.now();
    for (let i = 0; i < count; i++) await wrap();
    if (run > 0) {
      own.push(between - start);
      floor.push(performance.now() - between);
    }
  }
  const result = { recipients: count, ms: median(own), floorMs: median(floor) };
  const text = `${count} recipients: ${result.ms.toFixed(1)} ms, WebCrypto's RSA alone ${result.floorMs.toFixed(1)} ms\n`;
  process.stdout.write(hasFlag(args, "json") ? `${JSON.stringify(result)}\n` : text);
  return 0;
}

const median = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;

/** Each has a certificate of their own; that one key stands in all of them changes nothing of the work. */
async function makeRecipients(count: number): Promise<readonly Certificate[]> {
  const issuer = unsigning(await makeKey("Bench CA"));
  const key = await makeKey("Bench recipient");
  return Promise.all(Array.from({ length: count }, () => issue(issuer, key, "leaf")));
}

async function oaep(): Promise<() => Promise<unknown>> {
  const algorithm = { name: "RSA-OAEP", modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1), hash: "SHA-256" };
  const { publicKey } = await crypto.subtle.generateKey(algorithm, false, ["encrypt", "decrypt"]);
  return () => crypto.subtle.encrypt(algorithm, publicKey, new Uint8Array(32));
}
