import { existsSync, readFileSync, statSync } from "node:fs";
import { extname, join, relative, resolve } from "node:path";
import { filesBelow } from "../vectors/corpora/files.ts";
import { shelves } from "../vectors/run.ts";
import type { Seed, SeedKind } from "./seeds.ts";

/** Larger files are slow to change and hold nothing that smaller ones do not. Octets. */
const MAX_SIZE = 32_768;

const KINDS: Readonly<Record<string, SeedKind>> = {
  ".eml": "message",
  ".msg": "message",
  ".p7m": "cms",
  ".p7s": "cms",
  ".cms": "cms",
  ".crt": "certificate",
  ".cer": "certificate",
  ".crl": "crl",
  ".ors": "ocsp",
  ".p12": "pkcs12",
  ".pfx": "pkcs12",
  ".p7b": "container",
  ".p7c": "container",
  ".sst": "container",
  ".pem": "container",
  ".vcf": "container",
  ".key": "key",
};

/**
 * Files of the suites of others, where any are at hand: in the folders of corpora (`fuzz-seeds` among them), and what
 * `npm run vectors` has fetched before.
 */
export function corpusSeeds(): Seed[] {
  const fetched = resolve(import.meta.dirname, "../../../node_modules/.cache/corpora");
  return [...shelves(), fetched].filter((folder) => existsSync(folder)).flatMap(seedsBelow);
}

function seedsBelow(folder: string): Seed[] {
  return filesBelow(folder)
    .filter((path) => statSync(path).size <= MAX_SIZE)
    .flatMap((path) => {
      const kind = KINDS[extname(path).toLowerCase()] ?? (path.includes("/fuzz-seeds/") ? "message" : null);
      if (kind === null) return [];
      return [{ kind, name: join(relative(folder, path)), octets: new Uint8Array(readFileSync(path)) }];
    });
}
