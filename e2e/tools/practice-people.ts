import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A person with files for every use; all paths are absolute. */
export interface Person {
  readonly name: string;
  readonly email: string;
  readonly key: string;
  readonly certificate: string;
  /** PKCS#12 with the chain. */
  readonly p12: string;
}

export interface Practice {
  readonly folder: string;
  readonly ca: { readonly key: string; readonly certificate: string };
  readonly alice: Person;
  readonly bob: Person;
  readonly carol: Person;
  /** His certificate is of an authority that nobody here knows. */
  readonly dan: Person;
}

/** Of every practice file; it protects nothing. */
export const PASSPHRASE = "practice";

export const openssl = (...words: string[]): Buffer =>
  execFileSync("openssl", words, { stdio: ["ignore", "pipe", "ignore"], maxBuffer: 64 * 1024 * 1024 });

/** Valid for long, so that a practice folder does not rot. */
const DAYS = "3650";

function makeAuthority(folder: string, id: string, name: string): Practice["ca"] {
  const [key, certificate] = [join(folder, `${id}.key`), join(folder, `${id}.pem`)];
  openssl(
    ...["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", DAYS],
    ...["-subj", name, "-addext", "keyUsage=critical,keyCertSign,cRLSign"],
  );
  return { key, certificate };
}

/** A certificate for mail as authorities issue them: RSA-2048, one address, signing and encryption. */
export function makePerson(folder: string, ca: Practice["ca"], id: string, name: string): Person {
  const file = (ending: string): string => join(folder, `${id}.${ending}`);
  const email = `${id}@practice.example`;
  const extensions = [
    "basicConstraints=critical,CA:FALSE",
    "keyUsage=critical,digitalSignature,keyEncipherment",
    "extendedKeyUsage=emailProtection",
    `subjectAltName=email:${email}`,
    "subjectKeyIdentifier=hash",
    "authorityKeyIdentifier=keyid",
  ];
  writeFileSync(file("ext"), `${extensions.join("\n")}\n`);
  openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", file("key"), "-out", file("csr"), "-subj", `/CN=${name}`);
  openssl(
    ...["x509", "-req", "-in", file("csr"), "-CA", ca.certificate, "-CAkey", ca.key, "-CAcreateserial"],
    ...["-days", DAYS, "-sha256", "-extfile", file("ext"), "-out", file("pem")],
  );
  openssl(
    ...["pkcs12", "-export", "-inkey", file("key"), "-in", file("pem"), "-certfile", ca.certificate],
    ...["-name", name, "-passout", `pass:${PASSPHRASE}`, "-out", file("p12")],
  );
  return { name, email, key: file("key"), certificate: file("pem"), p12: file("p12") };
}

/** A practice authority with three people, and a stranger, made with OpenSSL. */
export function makePractice(folder: string): Practice {
  mkdirSync(folder, { recursive: true });
  const ca = makeAuthority(folder, "ca", "/O=Signet/CN=Signet Practice CA");
  const elsewhere = makeAuthority(folder, "elsewhere", "/O=Elsewhere/CN=Elsewhere CA");
  return {
    folder,
    ca,
    alice: makePerson(folder, ca, "alice", "Alice Archer"),
    bob: makePerson(folder, ca, "bob", "Bob Baker"),
    carol: makePerson(folder, ca, "carol", "Carol Cooper"),
    dan: makePerson(folder, elsewhere, "dan", "Dan Dale"),
  };
}
