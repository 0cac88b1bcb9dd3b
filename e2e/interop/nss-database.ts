import { mkdirSync } from "node:fs";
import { at, openssl } from "./openssl.ts";
import { runPeer } from "./peer.ts";
import type { KeyKind } from "./pki.ts";

/** NSS keeps certificates and keys in a folder: here with the practice CA trusted for mail and these identities. */
export function makeNssDatabase(directory: string, kinds: readonly KeyKind[]): void {
  mkdirSync(at(directory), { recursive: true });
  const run = (program: string, ...args: readonly string[]): void => {
    const { status, stderr } = runPeer(program, [...args, "-d", `sql:${directory}`]);
    if (status !== 0) throw new Error(`${program}: ${stderr}`);
  };
  run("certutil", "-N", "--empty-password");
  run("certutil", "-A", "-n", "ca", "-t", ",C,", "-i", "ca.pem");
  for (const kind of kinds) {
    const pair = ["-in", `${kind}.pem`, "-inkey", `${kind}.key`, "-name", kind];
    openssl("pkcs12", "-export", ...pair, "-passout", "pass:test", "-out", `${kind}-nss.p12`);
    run("pk12util", "-i", `${kind}-nss.p12`, "-W", "test", "-K", "");
  }
}
