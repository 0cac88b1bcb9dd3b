import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestCertificate } from "./certificate-builder.ts";

export interface OpensslChain {
  readonly leaf: TestCertificate;
  readonly intermediates: readonly TestCertificate[];
  readonly roots: readonly TestCertificate[];
  readonly at: Date;
  readonly purpose: "smimesign" | "smimeencrypt" | "any";
}

/** Whether `openssl verify` takes the leaf: another implementation of RFC 5280 to agree with. */
export function opensslVerifies({ leaf, intermediates, roots, at, purpose }: OpensslChain): boolean {
  const directory = mkdtempSync(join(tmpdir(), "signet-verify-"));
  const write = (name: string, certificates: readonly TestCertificate[]): string => {
    const file = join(directory, name);
    writeFileSync(file, certificates.map(({ pem }) => pem).join(""));
    return file;
  };
  try {
    const time = String(Math.floor(at.getTime() / 1000));
    // Level 2 asks for 112 bits, as we do: RSA 2048 and nothing signed over MD5 or SHA-1.
    const options = ["-auth_level", "2", "-attime", time, "-purpose", purpose, "-CAfile", write("roots.pem", roots)];
    const untrusted = intermediates.length > 0 ? ["-untrusted", write("untrusted.pem", intermediates)] : [];
    const command = ["verify", "-no-CApath", "-no-CAstore", ...options, ...untrusted, write("leaf.pem", [leaf])];
    execFileSync("openssl", command, { stdio: "pipe" });
    return true;
  } catch {
    return false;
  } finally {
    rmSync(directory, { recursive: true });
  }
}
