import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder of its own for the files of one test file; the system clears it. */
export const folder = mkdtempSync(join(tmpdir(), "signet-interop-"));

export function at(name: string): string {
  return join(folder, name);
}

/** Runs Debian's OpenSSL in the folder; throws with what it said where it fails. */
export function openssl(...args: readonly string[]): Buffer {
  return execFileSync("openssl", args, {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    maxBuffer: 256 * 1024 * 1024,
  });
}

export function write(name: string, content: string | Uint8Array): string {
  writeFileSync(at(name), content);
  return name;
}

export function read(name: string): Uint8Array {
  return new Uint8Array(readFileSync(at(name)));
}
