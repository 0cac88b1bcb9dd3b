import { createPrivateKey } from "node:crypto";
import { mkdirSync } from "node:fs";
import { at, openssl, read, write } from "./openssl.ts";
import { type PeerRun, runPeer } from "./peer.ts";
import type { KeyKind } from "./pki.ts";

const HOME = "gnupg";
const PASSPHRASE = ["--pinentry-mode", "loopback", "--passphrase-fd", "0"];

export function gpgsm(...args: readonly string[]): PeerRun {
  return runPeer("gpgsm", [...PASSPHRASE, ...args], { env: { GNUPGHOME: at(HOME) }, input: "test\n" });
}

/** A home with the practice CA trusted and identities of these kinds. */
export function makeGpgsmHome(kinds: readonly KeyKind[]): void {
  mkdirSync(at(`${HOME}/private-keys-v1.d`), { recursive: true, mode: 0o700 });
  write(`${HOME}/gpgsm.conf`, "disable-crl-checks\ndisable-dirmngr\nbatch\n");
  write(`${HOME}/gpg-agent.conf`, "allow-loopback-pinentry\n");
  const authority = openssl("x509", "-in", "ca.pem", "-noout", "-fingerprint", "-sha1").toString();
  write(`${HOME}/trustlist.txt`, `${authority.trim().replace(/^.*=/, "")} S relax\n`);
  // Beforehand: gpgsm gives up on an agent that a busy machine starts too slowly, and imports no private key then.
  for (let count = 0; count < 3 && !launchAgent(); count++);
  gpgsm("--import", "ca.pem");
  for (const kind of kinds) {
    if (kind.startsWith("rsa")) importRsa(kind);
    else importEc(kind);
  }
}

const launchAgent = (): boolean =>
  runPeer("gpgconf", ["--launch", "gpg-agent"], { env: { GNUPGHOME: at(HOME) } }).status === 0;

export function stopGpgAgent(): void {
  runPeer("gpgconf", ["--kill", "gpg-agent"], { env: { GNUPGHOME: at(HOME) } });
}

/** gpgsm 2.2 reads PKCS#12 with the old algorithms only. */
function importRsa(kind: KeyKind): void {
  const pair = ["-in", `${kind}.pem`, "-inkey", `${kind}.key`];
  openssl("pkcs12", "-export", "-legacy", ...pair, "-passout", "pass:test", "-out", `${kind}.p12`);
  let imported = gpgsm("--import", `${kind}.p12`);
  if (imported.status !== 0) imported = gpgsm("--import", `${kind}.p12`);
  if (imported.status !== 0) throw new Error(`gpgsm does not import ${kind}: ${imported.stdout}`);
}

/** gpgsm 2.2 crashes on PKCS#12 with EC keys, so the agent gets the key in its own format, by its keygrip. */
function importEc(kind: KeyKind): void {
  gpgsm("--import", `${kind}.pem`);
  const listed = gpgsm("--with-keygrip", "--list-keys", `${kind}@example.com`).stdout;
  const keygrip = /keygrip: ([0-9A-F]{40})/.exec(listed)?.[1];
  if (keygrip === undefined) throw new Error(`gpgsm does not list ${kind}: ${listed}`);
  const { x = "", y = "", d = "" } = createPrivateKey(Buffer.from(read(`${kind}.key`))).export({ format: "jwk" });
  const octets = (text: string) => Buffer.from(text, "base64url");
  const point = Buffer.concat([Buffer.of(4), octets(x), octets(y)]);
  const curve = list(atom("curve"), atom(`NIST ${kind.replace("p", "P-")}`));
  const numbers = [list(atom("q"), atom(point)), list(atom("d"), atom(octets(d)))];
  write(`${HOME}/private-keys-v1.d/${keygrip}.key`, list(atom("private-key"), list(atom("ecc"), curve, ...numbers)));
}

/** Canonical S-expressions, as libgcrypt stores keys (RFC 9804 section 6.1). */
function atom(value: string | Buffer): Buffer {
  const octets = Buffer.from(value);
  return Buffer.concat([Buffer.from(`${octets.length}:`), octets]);
}

function list(...items: readonly Buffer[]): Buffer {
  return Buffer.concat([Buffer.from("("), ...items, Buffer.from(")")]);
}
