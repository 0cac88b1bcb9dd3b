import { createPrivateKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export type TestKeyKind = "rsa-1024" | "rsa-2048" | "rsa-3072" | "rsa-4096" | "rsa-pss" | "p-256" | "p-384" | "p-521";

/** RSA keys take up to seconds to make, so they are kept between runs; they protect nothing. */
const CACHE = join(import.meta.dirname, "../../node_modules/.cache/signet-test-keys");

const used = new Map<TestKeyKind, number>();
const loaded = new Map<string, KeyObject>();

/** A private key that no other call in this process was given, except those that ask for the same `index`. */
export function testKey(kind: TestKeyKind, index: number = nextIndex(kind)): KeyObject {
  const name = `${kind}-${index}`;
  const key = loaded.get(name) ?? (kind.startsWith("p-") ? generateKey(kind) : cachedKey(kind, name));
  loaded.set(name, key);
  return key;
}

function nextIndex(kind: TestKeyKind): number {
  const index = used.get(kind) ?? 0;
  used.set(kind, index + 1);
  return index;
}

function cachedKey(kind: TestKeyKind, name: string): KeyObject {
  const file = join(CACHE, `${name}.pem`);
  try {
    return createPrivateKey(readFileSync(file));
  } catch {
    const key = generateKey(kind);
    mkdirSync(CACHE, { recursive: true });
    // Test files run at the same time: each sees a whole file or none.
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, key.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
    renameSync(draft, file);
    return createPrivateKey(readFileSync(file));
  }
}

function generateKey(kind: TestKeyKind): KeyObject {
  switch (kind) {
    case "p-256":
      return generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
    case "p-384":
      return generateKeyPairSync("ec", { namedCurve: "P-384" }).privateKey;
    case "p-521":
      return generateKeyPairSync("ec", { namedCurve: "P-521" }).privateKey;
    case "rsa-pss":
      return generateKeyPairSync("rsa-pss", { modulusLength: 2048 }).privateKey;
    default:
      return generateKeyPairSync("rsa", { modulusLength: Number(kind.slice(4)) }).privateKey;
  }
}
