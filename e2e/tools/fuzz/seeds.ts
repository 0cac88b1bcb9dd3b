import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type BuiltSeeds, buildSeeds } from "./build-seeds.ts";

/** What an input is at first, and so which readers it is given to. */
export type SeedKind =
  "message" | "cms" | "certificate" | "crl" | "ocsp" | "pkcs12" | "container" | "key" | "directory";

/** An input as it should be, or as a suite of others has it; inputs for readers are made by changing it. */
export interface Seed {
  readonly name: string;
  readonly kind: SeedKind;
  readonly octets: Uint8Array;
}

const CACHE = join(import.meta.dirname, "../../../node_modules/.cache/signet-fuzz-seeds.json");

/**
 * The seeds that are built here, and the keys to them. They hold random keys and signatures, so they are kept: the same
 * number makes the same input as long as the file stands, and as `build-seeds.ts` stays as it is.
 */
export async function builtSeeds(): Promise<BuiltSeeds> {
  const source = readFileSync(join(import.meta.dirname, "build-seeds.ts"));
  const of = createHash("sha256").update(source).digest("hex");
  const kept = readKept(of);
  if (kept) return kept;
  const built = await buildSeeds();
  mkdirSync(dirname(CACHE), { recursive: true });
  // Tests run at the same time: each sees a whole file or none.
  const draft = `${CACHE}.${process.pid}`;
  writeFileSync(draft, JSON.stringify({ of, built }, asBase64), { mode: 0o600 });
  renameSync(draft, CACHE);
  return readKept(of) ?? built;
}

function readKept(of: string): BuiltSeeds | null {
  try {
    const kept = JSON.parse(readFileSync(CACHE, "utf8"), fromBase64) as { of: string; built: BuiltSeeds };
    return kept.of === of ? kept.built : null;
  } catch {
    return null;
  }
}

const asBase64 = (_key: string, value: unknown): unknown =>
  value instanceof Uint8Array ? { base64: Buffer.from(value).toString("base64") } : value;

const fromBase64 = (_key: string, value: unknown): unknown =>
  typeof value === "object" && value !== null && "base64" in value
    ? new Uint8Array(Buffer.from(value.base64 as string, "base64"))
    : value;
