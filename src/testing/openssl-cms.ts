import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Runs `openssl cms` over files in a folder that is gone afterwards; `null` where it fails. */
export function opensslCms(
  options: readonly string[],
  files: Readonly<Record<string, Uint8Array | string>>,
): Uint8Array | null {
  const directory = mkdtempSync(join(tmpdir(), "signet-cms-"));
  try {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(directory, name), content);
    const command = ["cms", "-out", "out", ...options];
    execFileSync("openssl", command, { cwd: directory, stdio: "pipe" });
    return new Uint8Array(readFileSync(join(directory, "out")));
  } catch {
    return null;
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/**
 * What a program shows as signed that asks OpenSSL for the signature only, as several webmail plug-ins did
 * (`-noverify`); `null` where even that fails.
 */
export function naivelyVerified(cms: Uint8Array, detached: Uint8Array | null = null): Uint8Array | null {
  const content = detached ? ["-content", "content"] : [];
  return opensslCms(["-verify", "-noverify", "-binary", "-inform", "DER", "-in", "cms", ...content], {
    cms,
    ...(detached ? { content: detached } : {}),
  });
}
